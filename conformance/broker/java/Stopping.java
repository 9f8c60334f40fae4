package lanes;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What becomes of confirmed records while their leader is stopped with care (SIGTERM: it hands over what it leads).
 * Three brokers; a partition on 2 and 3, led by 2; some two thousand records a second.
 */
final class Stopping {
    private static final int ROUNDS = 5;
    private static final long PAUSE_NS = 500_000;
    /** So long before it stops, and after there is another leader. The first is longer than `replica.fetch.backoff.ms`. */
    private static final int BEFORE_MS = 2_500;
    private static final int AFTER_MS = 300;

    private Stopping() {}

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-stopping.tsv"), "what, seen");
        try (Cluster cluster = new Cluster(work, 3, Map.of())) {
            for (String acks : List.of("all", "1")) {
                int lost = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    lost += round(cluster, report, acks, "stops-" + acks + "-" + round);
                }
                report.line("acks=" + acks + ", the leader is stopped " + ROUNDS + " times: confirmed and gone",
                    lost == 0 ? "none" : "some");
            }
        }
        report.save();
    }

    private static int round(Cluster cluster, Report report, String acks, String topic) throws Exception {
        cluster.topic(topic, List.of(2, 3), Map.of());
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        Map<String, Object> settings = Map.of("bootstrap.servers", cluster.servers(), "linger.ms", "0", "acks", acks);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            AtomicBoolean ends = new AtomicBoolean();
            Thread sender = new Thread(() -> {
                for (int n = 0; !ends.get(); n++) {
                    String value = Integer.toString(n);
                    producer.send(new ProducerRecord<>(topic, 0, null, value), (at, error) -> {
                        if (error == null) {
                            confirmed.add(value);
                        }
                    });
                    LockSupport.parkNanos(PAUSE_NS);
                }
            });
            sender.start();
            Thread.sleep(BEFORE_MS);
            cluster.stop(2);
            cluster.leader(topic, 3);
            Thread.sleep(AFTER_MS);
            ends.set(true);
            sender.join();
        }
        Set<String> gone = new HashSet<>(confirmed);
        gone.removeAll(cluster.read(topic));
        report.aside("acks=" + acks + ": " + confirmed.size() + " confirmed, " + gone.size() + " of them gone");
        cluster.start(2);
        cluster.isr(topic, 2);
        cluster.admin.electLeaders(ElectionType.PREFERRED, null).partitions().get();
        return gone.size();
    }
}
