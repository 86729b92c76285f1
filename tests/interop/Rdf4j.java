import java.io.FileInputStream;
import java.io.FileOutputStream;
import org.eclipse.rdf4j.model.Model;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;

/** Reads each file and writes it again as FILE.rdf4j. */
public class Rdf4j {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            RDFFormat format = Rio.getParserFormatForFileName(file).orElseThrow();
            try (FileInputStream in = new FileInputStream(file);
                    FileOutputStream out = new FileOutputStream(file + ".rdf4j")) {
                Model data = Rio.parse(in, "http://base.example/", format);
                Rio.write(data, out, RDFFormat.NQUADS);
            }
        }
    }
}
