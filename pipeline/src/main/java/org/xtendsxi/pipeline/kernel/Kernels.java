// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.xtendsxi.caldb.error.SxiException;

/** Choice of the kernel by name. */
public final class Kernels {
    /** The word for the best kernel that works here. */
    public static final String AUTO = "auto";

    private Kernels() {
    }

    /** All providers, the preferred first. */
    public static List<KernelProvider> providers() {
        return ServiceLoader.load(KernelProvider.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(KernelProvider::preference).reversed()
                        .thenComparing(KernelProvider::id)).toList();
    }

    /**
     * The kernel of a name.
     *
     * @param name auto, or the id of a provider
     * @param refusals told, in words, why a kernel preferred by {@code auto} was passed over
     * @throws SxiException (usage) if the name is unknown or that kernel cannot run here
     */
    public static ExtractionKernel choose(String name, Consumer<String> refusals) {
        return choose(name, providers(), refusals);
    }

    static ExtractionKernel choose(String name, List<KernelProvider> providers, Consumer<String> refusals) {
        if (name.equals(AUTO)) {
            return providers.stream().filter(p -> p.preference() >= 0).map(p -> p.tryCreate(refusals))
                    .flatMap(Optional::stream).findFirst().orElseGet(ScalarKernel::new);
        }
        String known = AUTO + "|" + String.join("|", providers.stream().map(KernelProvider::id).toList());
        KernelProvider provider = providers.stream().filter(p -> p.id().equals(name)).findFirst()
                .orElseThrow(() -> SxiException.usage("kernel is not known").value(name).limit(known)
                        .todo("choose one of these, or install the module that has it").build());
        try {
            return provider.create();
        } catch (KernelProvider.KernelUnavailableException e) {
            throw SxiException.usage("kernel " + name + " cannot run here: " + e.getMessage())
                    .todo("use --kernel auto, or mend the cause").cause(e).build();
        }
    }
}
