// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import java.io.IOException;
import java.nio.file.Path;
import org.xtendsxi.caldb.index.IndexLock;

/** Another process that holds the lock of an index until its input ends. */
public final class LockHolder {
    private LockHolder() {
    }

    /** Locks the index given. */
    @SuppressWarnings("try")
    public static void main(String... words) throws IOException {
        try (IndexLock lock = IndexLock.of(Path.of(words[0]))) {
            System.out.println("locked");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    static Process start(Path index) throws IOException {
        Process p = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("surefire.test.class.path",
                        System.getProperty("java.class.path")), LockHolder.class.getName(), index.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        if (!p.inputReader().readLine().equals("locked")) {
            throw new IOException("the other process does not lock");
        }
        return p;
    }
}
