package lanes;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Waiting for what a broker does in its own time. */
final class Wait {
    private static final long EVERY_MS = 50;

    private Wait() {}

    static void until(String what, long mostMs, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + mostMs * 1_000_000;
        while (!now(holds)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("After " + mostMs + " ms it is still not so that " + what + ".");
            }
            Thread.sleep(EVERY_MS);
        }
    }

    /** Brokers that are just coming refuse, which is a no. */
    private static boolean now(Callable<Boolean> holds) throws Exception {
        try {
            return holds.call();
        } catch (ExecutionException | java.util.concurrent.TimeoutException notYet) {
            return false;
        }
    }
}
