package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers functions: what the checker and the runtime need to know of each. */
final class Functions {

    private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bindings = new LinkedHashMap<>();

    /** A function, such as {@code quantity(string)}. */
    <T> void global(
            String name, String id, CelType result, CelType type, Class<T> of, CelFunctionOverload.Unary<T> body) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, type));
        bind(name, CelFunctionBinding.from(id, of, body));
    }

    /** A function of two arguments. */
    <A, B> void global(
            String name,
            String id,
            CelType result,
            List<CelType> types,
            Class<A> first,
            Class<B> second,
            CelFunctionOverload.Binary<A, B> body) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, types));
        bind(name, CelFunctionBinding.from(id, first, second, body));
    }

    /** A method without arguments, such as {@code quantity.sign()}. */
    <T> void member(
            String name, String id, CelType result, CelType type, Class<T> of, CelFunctionOverload.Unary<T> body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, type));
        bind(name, CelFunctionBinding.from(id, of, body));
    }

    /** A method with one argument. */
    <A, B> void member(
            String name,
            String id,
            CelType result,
            List<CelType> types,
            Class<A> first,
            Class<B> second,
            CelFunctionOverload.Binary<A, B> body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, types));
        bind(name, CelFunctionBinding.from(id, first, second, body));
    }

    /** A method with more arguments. */
    void member(
            String name,
            String id,
            CelType result,
            List<CelType> types,
            List<Class<?>> classes,
            CelFunctionOverload body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, types));
        bind(name, CelFunctionBinding.from(id, classes, body));
    }

    /** What a declaration of the standard environment or of an extension does, in our way. */
    void bind(String name, CelFunctionBinding binding) {
        bindings.computeIfAbsent(name, key -> new ArrayList<>()).add(binding);
    }

    void declare(String name, CelOverloadDecl overload) {
        declarations.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    }

    List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> list = new ArrayList<>();
        declarations.forEach((name, overloads) -> list.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return list;
    }

    List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> list = new ArrayList<>();
        bindings.forEach((name, overloads) -> list.addAll(CelFunctionBinding.fromOverloads(name, overloads)));
        return list;
    }

    /** A failure of the function, which the expression may still catch with {@code ||}. */
    static CelRuntimeException failure(String message) {
        return new CelInvalidArgumentException(message);
    }
}
