import java.io.FileOutputStream;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;

/** Reads each file with all checks on, a warning being an error, and writes it again as FILE.jena. */
public class Jena {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            DatasetGraph data = DatasetGraphFactory.create();
            RDFParser.source(file).checking(true).errorHandler(ErrorHandlerFactory.errorHandlerStrict).parse(data);
            try (FileOutputStream out = new FileOutputStream(file + ".jena")) {
                RDFDataMgr.write(out, data, Lang.NQUADS);
            }
        }
    }
}
