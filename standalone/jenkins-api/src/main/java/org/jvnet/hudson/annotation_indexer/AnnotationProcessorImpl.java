package org.jvnet.hudson.annotation_indexer;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes the index in which Jenkins looks up symbols: {@code META-INF/services/annotations/NAME}, a class a line.
 *
 * <p>The one class of this module that runs. Jenkins' own is on Maven Central with a parent that is not, so that Maven
 * cannot resolve it there.
 */
@SupportedAnnotationTypes("*")
public class AnnotationProcessorImpl extends AbstractProcessor {

    private final Map<String, Set<String>> index = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            if (annotation.getAnnotation(Indexed.class) != null) {
                for (Element bearer : round.getElementsAnnotatedWith(annotation)) {
                    index.computeIfAbsent(annotation.getQualifiedName().toString(), name -> new TreeSet<>())
                            .add(processingEnv
                                    .getElementUtils()
                                    .getBinaryName((TypeElement) bearer)
                                    .toString());
                }
            }
        }
        if (round.processingOver()) {
            index.forEach(this::write);
        }
        return false;
    }

    private void write(String annotation, Set<String> bearers) {
        String file = "META-INF/services/annotations/" + annotation;
        try (Writer writer = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file)
                .openWriter()) {
            for (String bearer : bearers) {
                writer.write(bearer + "\n");
            }
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "cannot write " + file + ": " + e);
        }
    }
}
