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
export type Clip = Schemas["ClipOut"];
export type ActionStep = Schemas["ActionStepOut"];
export type News = Schemas["NewsOut"];
export type DeskRow = Schemas["DeskRowOut"];
export type FilmRef = Schemas["FilmRef"];
export type Area = Schemas["AreaOut"];
export type Step = Schemas["StepOut"];
export type Exemplar = Schemas["ExemplarOut"];
export type ExemplarRef = Schemas["ExemplarRef"];
export type Chapter = Schemas["ChapterOut"];
export type PermissionRequest = Schemas["PermissionRequest"];
export type Term = Schemas["TermOut"];
export type TermExample = Schemas["TermExampleOut"];
export type ShownTo = Schemas["ShownTo"];
export type StepSummary = Schemas["StepSummary"];
export type LearningProblem = Schemas["LearningProblemOut"];
export type StepVersion = Schemas["VersionOut"];
export type Difference = Schemas["DifferenceOut"];
export type DifferenceLine = Schemas["LineOut"];
export type Sequence = Schemas["SequenceOut"];
export type LoadReport = Schemas["LoadReportOut"];
export type NewLibraryStep = Schemas["StepIn"];
export type StepPatch = Schemas["StepPatch"];
export type BuiltStep = Schemas["BuiltStepOut"];
