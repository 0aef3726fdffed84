import type { components } from "~/api/schema";

// The names that the rest of the app uses for what the API answers.
type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type PersonRef = Schemas["PersonRef"];
export type Person = Schemas["Person"];
export type Pairing = Schemas["Pairing"];
export type Video = Schemas["VideoOut"];
export type Share = Schemas["ShareOut"];
export type Moment = Schemas["MomentOut"];
export type Clip = Schemas["Clip"];
export type ActionStep = Schemas["ActionStep"];
export type Area = Schemas["Area"];
export type Step = Schemas["Step"];
export type StepSummary = Schemas["StepSummary"];
