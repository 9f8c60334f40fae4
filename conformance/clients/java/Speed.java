import java.util.Arrays;

import org.apache.kafka.common.utils.Utils;

/**
 * How fast Kafka's own murmur2 is once compiled, as lines of Markdown: java -cp JARS Speed.java.
 *
 * The same measurement as crates/core/examples/partitioner.rs: the quickest of many short runs.
 */
public class Speed {
    private static final int BYTES_PER_RUN = 1 << 18;
    private static final int KEYS = 64;
    private static final int RUNS = 2000;
    private static int sum;

    public static void main(String[] args) {
        // The first round is for the compiler.
        for (int round = 0; round < 2; round++) {
            for (int length : new int[] {16, 1024}) {
                double alone = Double.MAX_VALUE;
                double row = Double.MAX_VALUE;
                byte[][] keys = new byte[KEYS][length];
                for (byte[] key : keys)
                    Arrays.fill(key, (byte) length);
                for (int run = 0; run < RUNS; run++) {
                    alone = Math.min(alone, alone(keys[0]));
                    row = Math.min(row, inARow(keys));
                }
                if (round > 0)
                    System.out.printf("| murmur2 in Java | %s | %.1f ns | %.1f ns | %.2f GB |%n",
                        length == 16 ? "16 B" : "1 kB", alone, row, length / row);
            }
        }
    }

    private static double alone(byte[] key) {
        int times = BYTES_PER_RUN / key.length;
        long start = System.nanoTime();
        for (int turn = 0; turn < times; turn++)
            key[0] = (byte) Utils.murmur2(key);
        return (System.nanoTime() - start) / (double) times;
    }

    private static double inARow(byte[][] keys) {
        int rounds = BYTES_PER_RUN / (KEYS * keys[0].length);
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (byte[] key : keys)
                sum ^= Utils.murmur2(key);
            keys[round % KEYS][0] = (byte) sum;
        }
        return (System.nanoTime() - start) / (double) (rounds * KEYS);
    }
}
