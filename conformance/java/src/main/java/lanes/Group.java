package lanes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** A group at one moment: what an assignor is asked about. */
final class Group {
    /** Partitions of the topics that exist, by index into {@link Pools#TOPICS}. */
    final TreeMap<Integer, Integer> topics = new TreeMap<>();
    /** In the order in which they joined. */
    final List<Member> members = new ArrayList<>();
    /** The racks of each partition's replicas, or null. */
    Map<Integer, List<List<Integer>>> racks;

    static final class Member {
        final int id;
        int instance = -1;
        int rack = -1;
        List<Integer> topics = new ArrayList<>();
        List<TopicPartition> owned = new ArrayList<>();
        int generation = -1;

        Member(int id) {
            this.id = id;
        }

        String name() {
            return Pools.MEMBERS.get(id);
        }

        List<String> topicNames() {
            return topics.stream().map(Pools.TOPICS::get).toList();
        }
    }
}
