package lanes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.internals.AbstractPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;
import org.apache.kafka.coordinator.group.modern.Assignment;
import org.apache.kafka.coordinator.group.modern.GroupSpecImpl;
import org.apache.kafka.coordinator.group.modern.MemberSubscriptionAndAssignmentImpl;
import org.apache.kafka.coordinator.group.modern.TopicIds;

/**
 * One figure: how long an assignor takes, in the shapes of Kafka's own benchmarks (no racks; unequal: five sets of
 * members and topics). One JVM a figure, so that none warms up or spoils another.
 */
final class Bench {
    private static final int BUCKETS = 5;

    private final int memberCount;
    private final int partitions;
    private final List<String> topics = new ArrayList<>();
    private final boolean unequal;
    private final boolean joins;
    private final int first;

    static void run(String[] args) {
        Bench bench = new Bench(args);
        Runnable once = switch (args[1]) {
            case "range" -> bench.client(new RangeAssignor());
            case "roundrobin" -> bench.client(new RoundRobinAssignor());
            case "cooperative-sticky" -> bench.client(new CooperativeStickyAssignor());
            case "uniform" -> bench.broker(new UniformAssignor());
            case "server-range" ->
                bench.broker(new org.apache.kafka.coordinator.group.assignor.RangeAssignor());
            default -> throw new IllegalArgumentException(args[1]);
        };
        System.out.printf("%.4f%n", measure(once, Double.parseDouble(args[7])));
    }

    /** ASSIGNOR MEMBERS PARTITIONS TOPICS UNEQUAL JOINS SECONDS. */
    private Bench(String[] args) {
        memberCount = Integer.parseInt(args[2]);
        int topicCount = Integer.parseInt(args[4]);
        partitions = Integer.parseInt(args[3]) / topicCount;
        unequal = Boolean.parseBoolean(args[5]);
        joins = Boolean.parseBoolean(args[6]);
        first = joins ? memberCount - 1 : memberCount;
        for (int i = 0; i < topicCount; i++) {
            topics.add("topic" + i);
        }
    }

    /** The median of up to 41 runs, after some seconds to warm up. */
    private static double measure(Runnable once, double seconds) {
        long warm = System.nanoTime() + (long) (seconds * 1e9);
        do {
            once.run();
        } while (System.nanoTime() < warm);
        List<Long> times = new ArrayList<>();
        long until = System.nanoTime() + (long) (seconds * 1e9);
        do {
            long start = System.nanoTime();
            once.run();
            times.add(System.nanoTime() - start);
        } while (times.size() < 41 && System.nanoTime() < until);
        Collections.sort(times);
        return times.get(times.size() / 2) / 1e6;
    }

    private List<String> topicsOf(int member) {
        if (!unequal) {
            return topics;
        }
        int topicShare = (topics.size() + BUCKETS - 1) / BUCKETS;
        int memberShare = (first + BUCKETS - 1) / BUCKETS;
        int bucket = Math.min(member, first - 1) / memberShare;
        return topics.subList(bucket * topicShare, Math.min(topics.size(), (bucket + 1) * topicShare));
    }

    private Runnable client(AbstractPartitionAssignor assignor) {
        Node node = new Node(0, "localhost", 9092);
        Node[] replicas = {node};
        List<PartitionInfo> infos = new ArrayList<>();
        for (String topic : topics) {
            for (int p = 0; p < partitions; p++) {
                infos.add(new PartitionInfo(topic, p, node, replicas, replicas));
            }
        }
        Cluster cluster = new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
        Map<String, Subscription> subscriptions = new HashMap<>();
        for (int i = 0; i < first; i++) {
            subscriptions.put("member" + i, subscription(i, Collections.emptyList()));
        }
        if (joins) {
            Map<String, Subscription> later = new HashMap<>();
            assignor.assign(cluster, new GroupSubscription(subscriptions)).groupAssignment().forEach((id, assigned) ->
                later.put(id, subscription(Integer.parseInt(id.substring("member".length())), assigned.partitions())));
            later.put("member" + first, subscription(first, Collections.emptyList()));
            subscriptions = later;
        }
        GroupSubscription group = new GroupSubscription(subscriptions);
        return () -> assignor.assign(cluster, group);
    }

    private Subscription subscription(int member, List<TopicPartition> owned) {
        return new Subscription(topicsOf(member), null, owned, -1, Optional.empty());
    }

    private Runnable broker(ConsumerGroupPartitionAssignor assignor) {
        Map<String, Uuid> ids = new HashMap<>();
        topics.forEach(topic -> ids.put(topic, Uuid.randomUuid()));
        SubscribedTopicDescriber describer = new SubscribedTopicDescriber() {
            @Override
            public int numPartitions(Uuid topicId) {
                return partitions;
            }

            @Override
            public Set<String> racksForPartition(Uuid topicId, int partition) {
                return Collections.emptySet();
            }
        };
        SubscriptionType type = unequal ? SubscriptionType.HETEROGENEOUS : SubscriptionType.HOMOGENEOUS;
        Map<String, MemberSubscriptionAndAssignmentImpl> members = new HashMap<>();
        for (int i = 0; i < first; i++) {
            members.put("member" + i, member(i, ids, Assignment.EMPTY));
        }
        Map<Uuid, Map<Integer, String>> inverted = new HashMap<>();
        if (joins) {
            var target = assignor.assign(new GroupSpecImpl(members, type, Collections.emptyMap()), describer).members();
            for (int i = 0; i < first; i++) {
                String id = "member" + i;
                Map<Uuid, Set<Integer>> assigned = target.get(id).partitions();
                assigned.forEach((topic, numbers) -> numbers.forEach(
                    p -> inverted.computeIfAbsent(topic, __ -> new HashMap<>()).put(p, id)));
                members.put(id, member(i, ids, new Assignment(Collections.unmodifiableMap(assigned))));
            }
            members.put("member" + first, member(first, ids, Assignment.EMPTY));
        }
        GroupSpecImpl group = new GroupSpecImpl(members, type, inverted);
        return () -> assignor.assign(group, describer);
    }

    private MemberSubscriptionAndAssignmentImpl member(int member, Map<String, Uuid> ids, Assignment assignment) {
        Set<Uuid> subscribed = new HashSet<>();
        topicsOf(member).forEach(topic -> subscribed.add(ids.get(topic)));
        return new MemberSubscriptionAndAssignmentImpl(Optional.empty(), Optional.empty(), subscribed, assignment);
    }
}
