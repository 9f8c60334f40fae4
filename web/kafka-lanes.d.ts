/** A moment of simulated time: "12s", "250ms", or microseconds. */
export type Moment = string | number;

/** A partition. Offsets are numbers; all of ours are below 2^53. */
export interface PartitionState {
  partition: number;
  /** The broker that leads it; -1 where nobody does. */
  leader: number;
  replicas: number[];
  isr: number[];
  log_start: number;
  high_watermark: number;
  log_end: number;
}

export interface MemberState {
  /** Partitions as `topic-partition`. */
  assigned: string[];
  /** `joining`, `reconciling`, `stable`, `closing`, `leaving`, `away`, `crashed`, `removed` or `refused`. */
  state: string;
  idle: boolean;
  /** What one that is `removed` believes to own, as it does not know that yet. */
  believes?: string[];
  /** Its assignors, where it has others than its group, or was refused. */
  assignors?: string[];
  /** Kafka's name for why it was refused: `INCONSISTENT_GROUP_PROTOCOL`. */
  error?: string;
}

export interface OffsetState {
  position: number | null;
  committed: number | null;
  /** High watermark − committed, as Kafka's tools print it. */
  lag: number | null;
  /** Records that the group has processed more than once. */
  again: number;
  /** Records before the last one that it processed, that it has not. */
  passed: number;
}

export interface GroupState {
  protocol: string | null;
  /** Of several the one that the coordinator chose; before it did, all with commas between them. */
  assignor: string | null;
  state: string;
  epoch: number;
  members: Record<string, MemberState>;
  offsets: Record<string, OffsetState>;
}

export interface ProducerState {
  sent: number;
  acked: number;
  failed: number;
}

/** A service that others call directly: requests that came to it, and its calls to others by their names. */
export interface ServiceState {
  state: "up" | "stopped" | "hung";
  received: number;
  succeeded: number;
  failed: number;
  /** Those of the failed ones of which a step was done, and stays done. */
  half_done: number;
  /** Answers that came when nobody waited for them any more. */
  in_vain: number;
  waiting: number;
  busy: number;
  calls: Record<string, { sent: number; succeeded: number; failed: number; timed_out: number }>;
  /** `to` is null where the service itself said no. */
  last_failure: { time_us: number; to: string | null; why: "refused" | "overloaded" | "step-failed" | "timed-out" } | null;
}

/** A promise that was broken, or a state that should not last: when, where, and why. */
export interface Alarm {
  kind: "order-broken" | "stored-twice" | "record-lost" | "processed-twice" | "consumer-idle" | "lag-growing";
  /** When it was first seen. */
  time_us: number;
  /** When that happened which led to it. */
  since_us: number;
  /** When a state that should not last ended; null while it lasts, and of what happened at one moment. */
  until_us: number | null;
  /** Empty of a consumer that has no partition. */
  topic: string;
  partition: number | null;
  offset: number | null;
  key: string | null;
  /** How many records are affected. */
  records: number;
  /** Absent where it happened to the log. */
  group?: string;
  member?: string;
  cause: string;
}

export interface Rebalance {
  group: string;
  time_us: number;
  cause: string;
  /** Partition, from whom, to whom. */
  moved: [string, string | null, string | null][];
  /** How long each member owned nothing. */
  paused_us: Record<string, number>;
  /** How long each partition that was let go of had no reader, by `topic-partition`. */
  stood_us: Record<string, number>;
}

/** The document of `kafka-lanes run --json`. */
export interface State {
  time_us: number;
  seed: number;
  /** Equal digests, equal worlds, on any platform. */
  digest: string;
  topics: Record<string, { partitions: PartitionState[] }>;
  groups: Record<string, GroupState>;
  producers: Record<string, ProducerState>;
  services: Record<string, ServiceState>;
  /** Records on their way to partitions, and to consumers. */
  in_flight: { produce: number; fetch: number };
  alarms: Alarm[];
  rebalances: Rebalance[];
}

/** `<kafka-lanes>`: a live diagram of Apache Kafka. */
export class KafkaLanes extends HTMLElement {
  /** Resolves with the element when the diagram runs; rejects with the reason when it can't. */
  readonly ready: Promise<KafkaLanes>;
  /** The world at this moment; null before it runs, and once it stopped. */
  readonly state: State | null;
  /** Each resolves when the picture shows it; rejects with the reason when the diagram can't run, or has stopped. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /**
   * On to the next thing that happens. An attribute has this name too, a step of the story (`8/2`): what is assigned sets
   * that, as frameworks do that look whether an element has a member of the name.
   */
  get step(): () => Promise<void>;
  set step(address: string | null | undefined);
  seek(time: Moment): Promise<void>;
}

/** What `kl-step` and `kl-change` say. */
export interface ChangeDetail {
  time_us: number;
  end_us: number;
}

declare global {
  interface HTMLElementTagNameMap {
    "kafka-lanes": KafkaLanes;
  }
  // Elements, documents and windows hear them.
  interface GlobalEventHandlersEventMap {
    "kl-ready": CustomEvent<null>;
    "kl-step": CustomEvent<ChangeDetail>;
    "kl-change": CustomEvent<ChangeDetail>;
    "kl-error": CustomEvent<{ message: string }>;
  }
}
