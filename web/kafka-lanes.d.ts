/** A moment of simulated time: "12s", "250ms", or microseconds. */
export type Moment = string | number;

/** A partition. Offsets are numbers; all of ours are below 2^53. */
export interface PartitionState {
  partition: number;
  /** The broker that leads it; null where nobody does. */
  leader: number | null;
  replicas: number[];
  isr: number[];
  log_start: number;
  high_watermark: number;
  log_end: number;
}

export interface MemberState {
  /** Partitions as `topic-partition`. */
  assigned: string[];
  state: string;
  idle: boolean;
}

export interface OffsetState {
  position: number | null;
  committed: number | null;
  /** High watermark − committed, as Kafka's tools print it. */
  lag: number | null;
}

export interface GroupState {
  protocol: string | null;
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

/** A promise that was broken: when, where, and why. */
export interface Alarm {
  kind: string;
  time_us: number;
  topic?: string;
  partition?: number;
  offset?: number;
  key?: string | null;
  cause: string;
}

export interface Rebalance {
  group: string;
  time_us: number;
  cause: string;
  /** Partition, from whom, to whom. */
  moved: [string, string | null, string | null][];
  paused_us: Record<string, number>;
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
  alarms: Alarm[];
  rebalances: Rebalance[];
}

/** `<kafka-lanes>`: a live diagram of Apache Kafka. */
export class KafkaLanes extends HTMLElement {
  /** Resolves with the element when the diagram runs; rejects with the reason when it can't. */
  readonly ready: Promise<KafkaLanes>;
  /** The world at this moment; null before it runs, and once it stopped. */
  readonly state: State | null;
  /** Each resolves when the picture shows it. */
  play(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
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
  interface HTMLElementEventMap {
    "kl-ready": CustomEvent<null>;
    "kl-step": CustomEvent<ChangeDetail>;
    "kl-change": CustomEvent<ChangeDetail>;
    "kl-error": CustomEvent<{ message: string }>;
  }
}
