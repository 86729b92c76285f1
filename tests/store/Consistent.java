import java.io.File;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.reasoner.OWLReasoner;

/** Tells of each ontology whether it is consistent under OWL 2 DL, and how many classes nothing can be of. */
public class Consistent {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            OWLReasoner reasoner = new ReasonerFactory().createReasoner(ontology);
            boolean consistent = reasoner.isConsistent();
            int empty = consistent ? reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom().size() : 0;
            System.out.println(consistent + " " + empty);
        }
    }
}
