package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * What the standalone build compiles against is what Jenkins has: every type, constructor, method and field that
 * {@code standalone/jenkins-api} declares is held against the real class.
 */
public class SignaturesJenkinsTest {

    private static final Path SOURCES = Path.of("standalone/jenkins-api/src/main/java");

    @ClassRule
    public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

    private static final List<Class<?>> DECLARED = new ArrayList<>();

    @BeforeClass
    public static void compile() throws Exception {
        Path classes = TEMPORARY.newFolder("classes").toPath();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue("the signatures compile", compiled);
        }
        ClassLoader loader = new OursFirst(classes);
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString();
                DECLARED.add(loader.loadClass(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.')));
            }
        }
    }

    @Test
    public void everySignatureIsThatOfTheRealClass() throws Exception {
        assertTrue("types found: " + DECLARED.size(), DECLARED.size() > 60);
        List<String> wrong = new ArrayList<>();
        for (Class<?> declared : DECLARED) {
            Class<?> real;
            try {
                real = Class.forName(declared.getName(), false, getClass().getClassLoader());
            } catch (ClassNotFoundException e) {
                wrong.add(declared.getName() + " does not exist");
                continue;
            }
            type(declared, real, wrong);
            members(declared, real, wrong);
        }
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    private static void type(Class<?> declared, Class<?> real, List<String> wrong) {
        int relevant = Modifier.PUBLIC
                | Modifier.PROTECTED
                | Modifier.ABSTRACT
                | Modifier.FINAL
                | Modifier.STATIC
                | Modifier.INTERFACE;
        if ((declared.getModifiers() & relevant) != (real.getModifiers() & relevant)) {
            wrong.add(declared.getName() + " is " + Modifier.toString(real.getModifiers()));
        }
        if (declared.isAnnotation() != real.isAnnotation() || declared.isEnum() != real.isEnum()) {
            wrong.add(declared.getName() + " is of another kind");
        }
        List<Class<?>> supertypes = new ArrayList<>(List.of(declared.getInterfaces()));
        if (declared.getSuperclass() != null) {
            supertypes.add(declared.getSuperclass());
        }
        List<String> realSupertypes = new ArrayList<>();
        supertypes(real, realSupertypes);
        for (Class<?> supertype : supertypes) {
            if (!realSupertypes.contains(supertype.getName())) {
                wrong.add(declared.getName() + " is no " + supertype.getName());
            }
        }
        if (!typeParameters(declared.getTypeParameters()).equals(typeParameters(real.getTypeParameters()))) {
            wrong.add(declared.getName() + " has the type parameters " + typeParameters(real.getTypeParameters()));
        }
        if (declared.isAnnotation()) {
            annotation(declared, real, wrong);
        }
    }

    private static void annotation(Class<?> declared, Class<?> real, List<String> wrong) {
        String reach = declared.getAnnotation(Retention.class) + " " + declared.getAnnotation(Target.class);
        String realReach = real.getAnnotation(Retention.class) + " " + real.getAnnotation(Target.class);
        if (!reach.equals(realReach)) {
            wrong.add(declared.getName() + " is declared with " + realReach);
        }
    }

    private static void supertypes(Class<?> type, List<String> names) {
        names.add(type.getName());
        if (type.getSuperclass() != null) {
            supertypes(type.getSuperclass(), names);
        }
        for (Class<?> one : type.getInterfaces()) {
            supertypes(one, names);
        }
        if (type.isInterface()) {
            names.add(Object.class.getName());
        }
    }

    private static String typeParameters(java.lang.reflect.TypeVariable<?>[] parameters) {
        return Stream.of(parameters)
                .map(parameter -> parameter.getName() + " " + Arrays.toString(parameter.getBounds()))
                .toList()
                .toString();
    }

    private static void members(Class<?> declared, Class<?> real, List<String> wrong) {
        for (Constructor<?> constructor : declared.getDeclaredConstructors()) {
            // Those that are not public stand for "cannot be made by others".
            if (Modifier.isPublic(constructor.getModifiers()) || Modifier.isProtected(constructor.getModifiers())) {
                compare(constructor, find(real.getDeclaredConstructors(), constructor), wrong);
            }
        }
        for (Method method : declared.getDeclaredMethods()) {
            if (!method.isSynthetic()
                    && !Modifier.isPrivate(method.getModifiers())
                    && !isOfEveryEnum(declared, method)) {
                compare(method, findMethod(real, method), wrong);
            }
        }
        for (Field field : declared.getDeclaredFields()) {
            if (!field.isSynthetic() && !Modifier.isPrivate(field.getModifiers())) {
                field(field, real, wrong);
            }
        }
    }

    private static boolean isOfEveryEnum(Class<?> type, Method method) {
        return type.isEnum() && List.of("values", "valueOf").contains(method.getName());
    }

    private static <E extends Executable> E find(E[] candidates, E wanted) {
        return Stream.of(candidates)
                .filter(candidate -> descriptor(candidate).equals(descriptor(wanted)))
                .findFirst()
                .orElse(null);
    }

    /** In the class or what it inherits; methods that were only moved up are found by callers all the same. */
    private static Method findMethod(Class<?> type, Method wanted) {
        Method found = find(type.getDeclaredMethods(), wanted);
        if (found == null && type.getSuperclass() != null) {
            found = findMethod(type.getSuperclass(), wanted);
        }
        for (int i = 0; found == null && i < type.getInterfaces().length; i++) {
            found = findMethod(type.getInterfaces()[i], wanted);
        }
        return found;
    }

    private static String descriptor(Executable member) {
        String result =
                member instanceof Method method ? method.getReturnType().getName() + " " + method.getName() : "";
        return result
                + Stream.of(member.getParameterTypes()).map(Class::getName).toList();
    }

    private static void compare(Executable declared, Executable real, List<String> wrong) {
        String name = declared.getDeclaringClass().getName() + ": " + declared;
        if (real == null) {
            wrong.add(name + " does not exist");
            return;
        }
        sameModifiers(name, declared, real, Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT, wrong);
        if (!thrown(declared).equals(thrown(real))) {
            wrong.add(name + " throws " + thrown(real));
        }
        if (!generic(declared).equals(generic(real))) {
            wrong.add(name + " is generic as " + generic(real));
        }
    }

    private static String generic(Executable member) {
        String types = Arrays.toString(member.getGenericParameterTypes());
        return typeParameters(member.getTypeParameters())
                + types
                + (member instanceof Method method
                        ? method.getGenericReturnType().toString()
                        : "");
    }

    /** Checked exceptions, which a caller has to catch. */
    private static List<String> thrown(Executable member) {
        return Stream.of(member.getExceptionTypes())
                .filter(type -> !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type))
                .map(Class::getName)
                .sorted()
                .toList();
    }

    private static void sameModifiers(String name, Member declared, Member real, int more, List<String> wrong) {
        int relevant = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE | more;
        if ((declared.getModifiers() & relevant) != (real.getModifiers() & relevant)) {
            wrong.add(name + " is " + Modifier.toString(real.getModifiers()));
        }
    }

    private static void field(Field declared, Class<?> real, List<String> wrong) {
        String name = declared.getDeclaringClass().getName() + ": " + declared;
        try {
            Field found = real.getDeclaredField(declared.getName());
            sameModifiers(name, declared, found, Modifier.STATIC | Modifier.FINAL, wrong);
            if (!found.getType().getName().equals(declared.getType().getName())) {
                wrong.add(name + " is of type " + found.getType().getName());
            }
        } catch (NoSuchFieldException e) {
            wrong.add(name + " does not exist");
        }
    }

    /** Our signatures where we have them, everything else from where the tests have it. */
    private static final class OursFirst extends URLClassLoader {
        private final Path classes;

        OursFirst(Path classes) throws IOException {
            super(new URL[] {classes.toUri().toURL()}, SignaturesJenkinsTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!Files.exists(classes.resolve(name.replace('.', '/') + ".class"))) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
