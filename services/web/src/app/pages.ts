/**
 * Every page by its address: its code, and what it asks the server before it can show anything. The build writes
 * this down as pages.json, so that the server names both with the very first answer and nothing waits for the
 * app to come first. `build/pages.ts` reads these lines: keep their form.
 */
export const pages = {
  "/login": { code: () => import("~/people/LoginPage") },
  "/welcome/$token": { code: () => import("~/people/WelcomePage") },
  "/join": { code: () => import("~/filming/join/JoinPage") },
  "/": { code: () => import("~/coaching/HomePage"), asks: ["/today"] },
  "/film": { code: () => import("~/uploads/FilmPage") },
  "/videos": { code: () => import("~/videos/VideosPage"), asks: ["/videos?limit=60"] },
  "/videos/$id": {
    code: () => import("~/watch/WatchPage"),
    asks: ["/videos/$id", "/videos/$id/clips?limit=200", "/videos/$id/moments?limit=200"],
  },
  "/clips/$id": { code: () => import("~/clips/ClipPage"), asks: ["/clips/$id"] },
  "/steps": { code: () => import("~/library/StepsPage"), asks: ["/library/areas"] },
  "/steps/builder": { code: () => import("~/library/builder/BuilderPage"), asks: ["/library/builder"] },
  "/steps/curate": {
    code: () => import("~/library/curate/CuratePage"),
    asks: ["/library/steps?curating=true&limit=50"],
  },
  "/steps/curate/goals": { code: () => import("~/library/curate/GoalsPage") },
  "/steps/curate/words": { code: () => import("~/library/curate/WordsPage") },
  "/steps/curate/sequences": { code: () => import("~/library/curate/SequencesPage") },
  "/steps/new": { code: () => import("~/library/curate/EditStepPage") },
  "/steps/import": { code: () => import("~/library/curate/ImportPage") },
  "/steps/$id": { code: () => import("~/library/StepPage"), asks: ["/library/steps/$id"] },
  "/steps/$id/edit": { code: () => import("~/library/curate/EditStepPage"), asks: ["/library/steps/$id"] },
  "/steps/$id/versions": {
    code: () => import("~/library/curate/VersionsPage"),
    asks: ["/library/steps/$id/versions"],
  },
  "/language": { code: () => import("~/terms/LanguagePage"), asks: ["/library/terms"] },
  "/models": { code: () => import("~/exemplars/ModelsPage"), asks: ["/library/exemplars?limit=200"] },
  "/meetings": { code: () => import("~/meetings/MeetingsPage") },
  "/meetings/$id": { code: () => import("~/meetings/MeetingPage"), asks: ["/meetings/$id"] },
  "/meetings/$id/prepare": {
    code: () => import("~/meetings/prepare/PreparePage"),
    asks: ["/meetings/$id"],
  },
  "/meetings/$id/observed": {
    code: () => import("~/meetings/observed/ObservedPage"),
    asks: ["/meetings/$id"],
  },
  "/people": { code: () => import("~/coaching/PeoplePage"), asks: ["/desk"] },
  "/people/$id": {
    code: () => import("~/coaching/CoacheePage"),
    asks: ["/meetings?coachee=$id", "/action-steps?coachee=$id"],
  },
  "/people/$id/step": { code: () => import("~/coaching/SetStepPage"), asks: ["/library/areas"] },
  "/action-steps": { code: () => import("~/coaching/history/MyStepsPage") },
  "/action-steps/$id": {
    code: () => import("~/coaching/step/ActionStepPage"),
    asks: ["/action-steps/$id", "/action-steps/$id/thread"],
  },
  "/action-steps/$id/compare": {
    code: () => import("~/compare/ComparePage"),
    asks: ["/action-steps/$id", "/action-steps/$id/thread"],
  },
  "/drop-ins": { code: () => import("~/meetings/drop-ins/DropInsPage") },
  "/rounds/$id": { code: () => import("~/rounds/RoundPage"), asks: ["/rounds/$id"] },
  "/school": { code: () => import("~/people/SchoolPage"), asks: ["/people?limit=200"] },
  "/school/work": { code: () => import("~/jobs/WorkPage"), asks: ["/reports/work", "/reports/room"] },
  "/settings": { code: () => import("~/people/SettingsPage") },
};
