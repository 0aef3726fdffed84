import {
  boundsOf,
  isOn,
  type Lengths,
  type Line,
  other,
  placeOn,
  SIDES,
  type SideName,
} from "~/compare/line";
import { Clock, correct, LEAST_TRIM, type Reading, StartLag } from "~/compare/sync";
import type { Span } from "~/watch/player/frameTable";
import { Player } from "~/watch/player/Player";
import { Store } from "~/watch/player/state";

export const SPEEDS = [0.25, 0.5, 1];
/** Two films that can't keep up with each other must not do nothing but wait. */
const REALIGN_EVERY_MS = 1500;
/** A film's length is known a little less well than its pictures. */
const TAIL_MS = 120;
/** Who hasn't started by then, won't. */
const REFUSED_MS = 1000;
/** Another pace for less than this share isn't worth telling the browser. */
const LEAST_CHANGE = 0.002;
/** Ends of films and of stretches are met at a picture, not between two. */
const HALF_A_PICTURE_MS = 15;

export type Sound = SideName | "none";

export interface PairState {
  /** What somebody wants; one of the two may be waiting for the other meanwhile. */
  playing: boolean;
  /** One of the two isn't ready to go on. */
  waiting: boolean;
  rate: number;
  sound: Sound;
  /** What of the line is played over and over, or once. */
  stretch: Span | null;
  looping: boolean;
  line: Line;
  lengths: Lengths;
}

/**
 * Two films side by side, in step. One leads: the one that is heard. The other is kept beside it by its pace,
 * which nobody hears; whenever one of them has to wait, both do.
 */
export class Pair {
  readonly players: Record<SideName, Player> = { model: new Player(), take: new Player() };
  readonly store: Store<PairState>;
  private at = 0;
  private readonly clocks: Record<SideName, Clock> = { model: new Clock(), take: new Clock() };
  private readonly activated = new Set<SideName>();
  /** What the last start left hasn’t been told yet. */
  private learns = false;
  private readonly lag = new StartLag();
  private led: SideName = "model";
  private running = false;
  private starting: ReturnType<typeof setTimeout>[] = [];
  private startedAt = 0;
  /** How fast the follower is told to run. */
  private pace = 1;
  private realignedAt = Number.NEGATIVE_INFINITY;
  private ticking = 0;
  private readonly timeListeners = new Set<(atMs: number) => void>();

  constructor(line: Line, lengths: Lengths) {
    this.store = new Store<PairState>({
      playing: false,
      waiting: false,
      rate: 1,
      sound: "model",
      stretch: null,
      looping: true,
      line,
      lengths,
    });
  }

  /** Listens to both films; returns how to stop it. */
  connect = (): (() => void) => {
    const stops = SIDES.flatMap((side) => {
      const player = this.players[side];
      return [
        player.onPicture((mediaMs, atMs) => this.onPicture(side, { mediaMs, atMs })),
        player.onTime(() => this.tellTime()),
        player.store.subscribe(() => this.onPlayer(side)),
      ];
    });
    const onHidden = () => document.hidden && this.pause();
    document.addEventListener("visibilitychange", onHidden);
    this.applySound();
    return () => {
      this.store.set({ playing: false });
      this.hold();
      cancelAnimationFrame(this.ticking);
      document.removeEventListener("visibilitychange", onHidden);
      for (const stop of stops) stop();
    };
  };

  /** Calls back with the place on the line whenever it changes; returns how to stop it. */
  onTime(listener: (atMs: number) => void): () => void {
    this.timeListeners.add(listener);
    listener(this.at);
    return () => this.timeListeners.delete(listener);
  }

  get nowMs(): number {
    return this.at;
  }

  /** The film that is heard; where that is over, or hasn't begun, the other. */
  get leader(): SideName {
    const wanted = this.store.get().sound === "take" ? "take" : "model";
    return !this.isOn(wanted) && this.isOn(other(wanted)) ? other(wanted) : wanted;
  }

  play(): void {
    const { stretch, looping } = this.store.get();
    const endMs = stretch?.endMs ?? this.bounds.endMs;
    if (this.at >= endMs - HALF_A_PICTURE_MS) this.goTo(stretch?.startMs ?? this.bounds.startMs);
    else if (stretch && looping && this.at < stretch.startMs) this.goTo(stretch.startMs);
    this.store.set({ playing: true });
    // Phones fetch a film only once it was played by a press: this one.
    for (const side of SIDES)
      if (!this.activated.has(side) && this.isOn(side)) void this.players[side].play();
    this.tick();
  }

  pause(): void {
    if (!this.store.get().playing) return;
    this.store.set({ playing: false, waiting: false });
    this.hold();
    // Where the leader stands is the place; its neighbour is brought to the picture that belongs to it.
    this.goTo(this.ledAt());
  }

  toggle(): void {
    if (this.store.get().playing) this.pause();
    else this.play();
  }

  /** Goes to a place on the line with both, and goes on playing if they were. Leaves a stretch it lies outside of. */
  seek(atMs: number): void {
    const { stretch } = this.store.get();
    if (stretch && (atMs < stretch.startMs - 1 || atMs > stretch.endMs)) this.store.set({ stretch: null });
    this.goTo(atMs);
  }

  jumpBy(byMs: number): void {
    this.seek(this.at + byMs);
  }

  /** Pauses, and moves both by whole pictures of the one that leads. */
  step(by: number): void {
    this.pause();
    const { leader } = this;
    const { frames, nowMs } = this.players[leader];
    const next = frames ? frames.startMs(frames.step(frames.nearest(nowMs), by)) : nowMs + (by * 1000) / 30;
    this.seek(next - this.store.get().line[leader]);
  }

  /** Shows a stretch of the line from its beginning. */
  show(stretch: Span | null, { play = false } = {}): void {
    this.store.set({ stretch });
    this.goTo(stretch?.startMs ?? 0);
    if (play) this.play();
  }

  setLooping(looping: boolean): void {
    this.store.set({ looping });
  }

  setRate(rate: number): void {
    this.store.set({ rate });
    this.lead();
  }

  setSound(sound: Sound): void {
    this.store.set({ sound });
    this.applySound();
  }

  /** Lays the films beside each other anew: at a place on the line, where one is given, else where they are. */
  align(line: Line, atMs = this.at): void {
    this.store.set({ line });
    this.goTo(atMs);
  }

  /** Moves one film alone; the other stays where it is. */
  nudge(side: SideName, byMs: number): void {
    const { line } = this.store.get();
    this.align({ ...line, [side]: line[side] + byMs });
  }

  /** Where a film is itself. */
  placeOf(side: SideName): number {
    return this.players[side].nowMs;
  }

  setLength(side: SideName, ms: number): void {
    const { lengths } = this.store.get();
    if (ms > 0 && lengths[side] !== ms) this.store.set({ lengths: { ...lengths, [side]: ms } });
  }

  get bounds(): Span {
    const { line, lengths } = this.store.get();
    return boundsOf(line, lengths);
  }

  private isOn(side: SideName): boolean {
    const { line, lengths } = this.store.get();
    return isOn(line, lengths, side, this.at);
  }

  private get on(): SideName[] {
    return SIDES.filter((side) => this.isOn(side));
  }

  private goTo(atMs: number): void {
    const { line, lengths } = this.store.get();
    const { startMs, endMs } = this.bounds;
    this.at = Math.min(Math.max(atMs, startMs), endMs);
    this.hold();
    for (const side of SIDES) this.players[side].seek(placeOn(line, lengths, side, this.at));
    this.tellTime();
  }

  /** Both stand, until they can go on together. */
  private hold(): void {
    this.running = false;
    for (const timer of this.starting) clearTimeout(timer);
    this.starting = [];
    for (const side of SIDES) if (this.activated.has(side)) this.players[side].pause();
  }

  private tick = (): void => {
    cancelAnimationFrame(this.ticking);
    if (!this.store.get().playing) return;
    this.steer();
    this.ticking = requestAnimationFrame(this.tick);
  };

  private steer(): void {
    const { stretch, looping } = this.store.get();
    if (this.running) this.follow();
    const endMs = stretch?.endMs ?? this.bounds.endMs;
    if (this.at >= endMs - HALF_A_PICTURE_MS) {
      if (looping) this.goTo(stretch?.startMs ?? this.bounds.startMs);
      else this.stopAt(endMs);
      return;
    }
    const ready = this.on.every((side) => this.players[side].isReady);
    this.store.set({ waiting: !ready });
    if (!ready) {
      if (this.running) this.hold();
    } else if (!this.running) this.start();
    // The browser wants a press first, or somebody's headphones said “pause”.
    else if (
      performance.now() - this.startedAt > REFUSED_MS &&
      !this.on.every((side) => this.isPlaying(side))
    )
      this.pause();
  }

  /** Reads off where the leader is; the other one begins when its own first picture is reached. */
  private follow(): void {
    const before = this.on;
    const { line, lengths } = this.store.get();
    const { led } = this;
    this.at = Math.max(this.ledAt(), this.at);
    // Its last picture stays on the screen, and its time with it.
    const ownEndMs = lengths[led] - line[led];
    if (!this.isPlaying(led) && this.at > ownEndMs - TAIL_MS) this.at = Math.max(this.at, ownEndMs);
    this.tellTime();
    for (const side of SIDES) {
      if (!before.includes(side) && this.isOn(side)) void this.players[side].play();
      if (before.includes(side) && !this.isOn(side)) this.players[side].pause();
    }
    if (before.length !== this.on.length) this.lead();
  }

  private isPlaying(side: SideName): boolean {
    return this.players[side].store.get().playing;
  }

  /** Lets whoever leads now set the pace. */
  private lead(): void {
    const { leader } = this;
    if (leader !== this.led) this.lag.swap();
    this.led = leader;
    const { rate } = this.store.get();
    this.pace = rate * (1 + LEAST_TRIM);
    const now = performance.now();
    for (const side of SIDES) {
      const pace = side === this.led ? rate : this.pace;
      this.players[side].setRate(pace);
      this.clocks[side].restart(now, pace);
    }
  }

  private ledAt(): number {
    const { led } = this;
    return this.players[led].nowMs - this.store.get().line[led];
  }

  private start(): void {
    const { on } = this;
    this.running = true;
    this.startedAt = performance.now();
    this.lead();
    this.learns = on.length === 2;
    const { holdMs } = this.lag;
    for (const side of on) {
      const player = this.players[side];
      const wait = on.length < 2 ? 0 : side === this.led ? holdMs.leader : holdMs.follower;
      if (wait < 5) void player.play();
      else this.starting.push(setTimeout(() => void player.play(), wait));
    }
  }

  private stopAt(endMs: number): void {
    this.store.set({ playing: false, waiting: false });
    this.goTo(endMs - HALF_A_PICTURE_MS);
  }

  private onPicture(side: SideName, reading: Reading): void {
    if (!this.running) return;
    this.clocks[side].show(reading);
    if (side === this.led || this.on.length < 2) return;
    const now = performance.now();
    const there = this.clocks[this.led].at(now);
    const here = this.clocks[side].at(now);
    if (there === null || here === null) return;
    const { rate, line } = this.store.get();
    const drift = here - there - (line[side] - line[this.led]);
    if (this.learns) this.lag.learn(drift, rate);
    this.learns = false;
    const correction = correct(drift, rate);
    if (correction.kind === "realign") this.realign();
    else if (Math.abs(correction.rate - this.pace) > LEAST_CHANGE * rate) {
      this.pace = correction.rate;
      this.players[side].setRate(this.pace);
      this.clocks[side].setPace(now, this.pace);
    }
  }

  private realign(): void {
    const now = performance.now();
    if (now - this.realignedAt < REALIGN_EVERY_MS) return;
    this.realignedAt = now;
    this.goTo(this.ledAt());
  }

  private onPlayer(side: SideName): void {
    const { playing, trouble } = this.players[side].store.get();
    if (playing) this.activated.add(side);
    // A film that can't be played takes the other along.
    if (trouble && this.store.get().playing) this.pause();
    this.tellTime();
  }

  private applySound(): void {
    const { sound } = this.store.get();
    for (const side of SIDES) this.players[side].setMuted(sound !== side);
    this.lead();
  }

  private tellTime(): void {
    for (const listener of this.timeListeners) listener(this.at);
  }
}
