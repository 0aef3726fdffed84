/** The names under which answers are remembered, so that a change told by the server finds all of them. */
export const keys = {
  videos: ["videos"] as const,
  video: (id: string) => ["video", id] as const,
  moments: (videoId: string) => ["video", videoId, "moments"] as const,
  videoClips: (videoId: string) => ["video", videoId, "clips"] as const,
  clips: ["clips"] as const,
  clip: (id: string) => ["clip", id] as const,
  /** All about steps of people: with them their rounds, their threads, Today and the desk. */
  actionSteps: ["action-steps"] as const,
  actionStep: (id: string) => ["action-steps", "one", id] as const,
  thread: (step: string) => ["action-steps", "thread", step] as const,
  round: (id: string) => ["action-steps", "round", id] as const,
  rounds: (step: string) => ["action-steps", "rounds", step] as const,
  meetings: ["meetings"] as const,
  meeting: (id: string) => ["meetings", "one", id] as const,
  proposals: ["proposals"] as const,
  ownWatches: ["own-watches"] as const,
  library: ["library"] as const,
  /** One by one, under ids and slugs alike. */
  libraryStep: ["library", "step"] as const,
  terms: ["library", "terms"] as const,
  exemplars: ["exemplars"] as const,
  people: ["people"] as const,
  pairings: ["pairings"] as const,
};
