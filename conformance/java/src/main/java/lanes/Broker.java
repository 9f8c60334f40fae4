package lanes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.GroupSpec;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.MemberSubscription;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.modern.MemberAssignmentImpl;

/**
 * Asks a broker's assignor, with members, topics and partitions in ascending order. A broker itself has them in the
 * order of hash maps with random keys.
 */
final class Broker {
    static Map<String, List<TopicPartition>> assign(ConsumerGroupPartitionAssignor assignor, Group group) {
        Topics topics = new Topics(group);
        Map<String, List<TopicPartition>> assigned = new HashMap<>();
        for (Group.Member member : group.members) {
            assigned.put(member.name(), new ArrayList<>());
        }
        assignor.assign(new Spec(group, topics), topics).members().forEach((member, assignment) ->
            assignment.partitions().forEach((id, partitions) ->
                partitions.forEach(p -> assigned.get(member).add(new TopicPartition(topics.names.get(id), p)))));
        return assigned;
    }

    /**
     * Ids for topics: 1, 2, 3... in the order of the names, those that are subscribed to first. A set of such ids, being
     * without gaps, comes out of a HashSet in ascending order.
     */
    private static final class Topics implements SubscribedTopicDescriber {
        final Map<String, Uuid> ids = new HashMap<>();
        final Map<Uuid, String> names = new HashMap<>();
        private final Map<Uuid, Integer> counts = new HashMap<>();

        Topics(Group group) {
            Set<String> subscribed = new TreeSet<>();
            Set<String> others = new TreeSet<>();
            Map<String, Integer> existing = new TreeMap<>();
            group.topics.forEach((topic, count) -> existing.put(Pools.TOPICS.get(topic), count));
            for (Group.Member member : group.members) {
                member.topicNames().stream().filter(existing::containsKey).forEach(subscribed::add);
                member.owned.forEach(tp -> others.add(tp.topic()));
            }
            others.removeAll(subscribed);
            subscribed.forEach(this::number);
            others.forEach(this::number);
            existing.forEach((name, count) -> {
                if (ids.containsKey(name)) {
                    counts.put(ids.get(name), count);
                }
            });
        }

        private void number(String name) {
            Uuid id = new Uuid(0, ids.size() + 1);
            ids.put(name, id);
            names.put(id, name);
        }

        boolean exists(String name) {
            return ids.containsKey(name) && counts.containsKey(ids.get(name));
        }

        @Override
        public int numPartitions(Uuid topicId) {
            return counts.getOrDefault(topicId, -1);
        }

        @Override
        public Set<String> racksForPartition(Uuid topicId, int partition) {
            return Collections.emptySet();
        }
    }

    private static final class Spec implements GroupSpec {
        private final Set<String> ids = new LinkedHashSet<>();
        private final Map<String, MemberSubscription> subscriptions = new HashMap<>();
        private final Map<String, MemberAssignment> assignments = new HashMap<>();
        private final Map<Uuid, Set<Integer>> assigned = new HashMap<>();
        private final SubscriptionType type;

        Spec(Group group, Topics topics) {
            group.members.stream().map(Group.Member::name).sorted().forEach(ids::add);
            // As ModernGroup.subscriptionType: by names, whether or not such topics exist.
            Set<Set<String>> different = new HashSet<>();
            for (Group.Member member : group.members) {
                different.add(new HashSet<>(member.topicNames()));
                subscriptions.put(member.name(), new Subscribed(member, topics));
                Map<Uuid, Set<Integer>> owned = new TreeMap<>();
                for (TopicPartition tp : member.owned) {
                    Uuid id = topics.ids.get(tp.topic());
                    owned.computeIfAbsent(id, __ -> new TreeSet<>()).add(tp.partition());
                    assigned.computeIfAbsent(id, __ -> new HashSet<>()).add(tp.partition());
                }
                assignments.put(member.name(), new MemberAssignmentImpl(Collections.unmodifiableMap(owned)));
            }
            type = different.size() <= 1 ? SubscriptionType.HOMOGENEOUS : SubscriptionType.HETEROGENEOUS;
        }

        @Override
        public Collection<String> memberIds() {
            return ids;
        }

        @Override
        public SubscriptionType subscriptionType() {
            return type;
        }

        @Override
        public boolean isPartitionAssigned(Uuid topicId, int partitionId) {
            return assigned.getOrDefault(topicId, Set.of()).contains(partitionId);
        }

        @Override
        public boolean isPartitionAssignable(Uuid topicId, int partitionId) {
            return true;
        }

        @Override
        public MemberSubscription memberSubscription(String memberId) {
            return subscriptions.get(memberId);
        }

        @Override
        public MemberAssignment memberAssignment(String memberId) {
            return assignments.get(memberId);
        }
    }

    private static final class Subscribed implements MemberSubscription {
        private final Optional<String> instance;
        private final Set<Uuid> topicIds = new TreeSet<>();

        Subscribed(Group.Member member, Topics topics) {
            instance = member.instance < 0 ? Optional.empty() : Optional.of(Pools.INSTANCES.get(member.instance));
            member.topicNames().stream().filter(topics::exists).forEach(name -> topicIds.add(topics.ids.get(name)));
        }

        @Override
        public Optional<String> rackId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> instanceId() {
            return instance;
        }

        @Override
        public Set<Uuid> subscribedTopicIds() {
            return topicIds;
        }
    }

    private Broker() { }
}
