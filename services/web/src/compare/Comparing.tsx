import { ActionIcon } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft, IconKeyboard } from "@tabler/icons-react";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { useSayWhere } from "~/compare/api";
import { Bar } from "~/compare/Bar";
import { CriterionPicker } from "~/compare/CriterionPicker";
import { idOf, type Side, type Sides } from "~/compare/films";
import { KEY_HELP } from "~/compare/keys";
import { LineUp } from "~/compare/LineUp";
import { lineOf, type SideName, shownOf, stretchOf } from "~/compare/line";
import { Pair } from "~/compare/Pair";
import { Picture } from "~/compare/Picture";
import { keepShift, keptShift } from "~/compare/shifts";
import { useCompareKeys } from "~/compare/useCompareKeys";
import { PairContext } from "~/compare/usePair";
import { late } from "~/shared/late";
import { startAt } from "~/watch/startAt";
import classes from "./ComparePage.module.css";

const KeysOverlay = late(() => import("~/watch/KeysOverlay"), "KeysOverlay");

const route = getRouteApi("/inside/action-steps/$id/compare");
const WIDE = 16 / 9;

interface ComparingProps {
  step: ActionStep;
  sides: Sides;
  model: Side;
  take: Side;
}

/** Two films, one criterion picker, one transport. */
export function Comparing({ step, sides, model, take }: ComparingProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const sayWhere = useSayWhere(step.id);
  const [showsKeys, setShowsKeys] = useState(false);
  const [liningUp, setLiningUp] = useState(false);
  const criterion = step.criteria.find(({ id }) => id === search.criterion)?.id ?? null;

  /** Where the two are laid beside each other for a criterion; for none, from their beginnings. */
  const layout = (id: string | null, both = { model: model.knot, take: take.knot }) => {
    const stretches = {
      model: stretchOf(both.model.places, id, both.model.duration_ms ?? 0),
      take: stretchOf(both.take.places, id, both.take.duration_ms ?? 0),
    };
    return { line: lineOf(stretches, keptShift(model.id, take.id, id)), shown: shownOf(stretches) };
  };

  const [pair] = useState(() => {
    const { line, shown } = layout(criterion);
    const begin = {
      model: startAt(search.modelAt, model.knot.duration_ms),
      take: startAt(search.takeAt, take.knot.duration_ms),
    };
    const asked = criterion === null && (begin.model !== undefined || begin.take !== undefined);
    const made = new Pair(asked ? { model: begin.model ?? 0, take: begin.take ?? 0 } : line, {
      model: model.knot.duration_ms ?? 0,
      take: take.knot.duration_ms ?? 0,
    });
    made.store.set({ stretch: shown });
    return made;
  });
  useEffect(() => pair.connect(), [pair]);

  const choose = (id: string | null, { play = true } = {}) => {
    void navigate({
      search: ({ criterion: _, modelAt: _m, takeAt: _t, ...rest }) =>
        id ? { ...rest, criterion: id } : rest,
      replace: true,
    });
    const { line, shown } = layout(id);
    pair.align(line, 0);
    pair.show(shown, { play });
  };

  const nudge = (side: SideName, byMs: number) => {
    pair.nudge(side, byMs);
    const { line } = pair.store.get();
    const { model: m, take: t } = layout(criterion).line;
    const kept = keptShift(model.id, take.id, criterion);
    keepShift(model.id, take.id, criterion, line.take - line.model - (t - kept - m));
  };

  const markHere = (side: SideName) => {
    if (!criterion) return;
    const { knot, name } = side === "model" ? model : take;
    const number = step.criteria.findIndex(({ id }) => id === criterion) + 1;
    sayWhere.mutate(
      { criterion, knot, startMs: pair.placeOf(side) },
      {
        onSuccess({ items }) {
          keepShift(model.id, take.id, criterion, 0);
          const now = (one: Side) =>
            items.find((item) => item.place === one.knot.place && idOf(item) === one.id) ?? one.knot;
          const { line, shown } = layout(criterion, { model: now(model), take: now(take) });
          pair.align(line, 0);
          pair.show(shown);
          notifications.show({ message: `Criterion ${number} is here in ${lower(name)}.` });
        },
        onError: (error) =>
          notifications.show({ color: "red", title: "That place wasn’t kept", message: sentence(error) }),
      },
    );
  };

  useCompareKeys({
    pair,
    criterion: (number) => {
      const found = step.criteria[number - 1];
      if (found) choose(found.id);
    },
    whole: () => choose(null),
    mark: markHere,
    lineUp: () => setLiningUp((now) => !now),
    help: () => setShowsKeys(true),
    close: () => setLiningUp(false),
  });

  const missing = criterion !== null && [model, take].some(({ knot }) => !isPlaced(knot.places, criterion));
  return (
    <PairContext value={pair}>
      <div className={classes.page} data-lining={liningUp || missing || undefined}>
        <header className={classes.head}>
          <ActionIcon color="gray" aria-label="Back" onClick={() => router.history.back()}>
            <IconArrowLeft size={24} />
          </ActionIcon>
          <h1 className={classes.title}>
            Side by side <span>{step.action}</span>
          </h1>
          <ActionIcon color="gray" aria-label="All keys" visibleFrom="md" onClick={() => setShowsKeys(true)}>
            <IconKeyboard size={24} />
          </ActionIcon>
        </header>
        <div
          className={classes.stage}
          data-stage
          style={{ "--a": aspectOf(model), "--b": aspectOf(take) } as React.CSSProperties}
        >
          <div className={classes.pictures}>
            <Picture side="model" film={model} others={[...sides.models, ...sides.takes]} taken={take.id} />
            <Picture side="take" film={take} others={sides.takes} taken={model.id} />
          </div>
          <Bar liningUp={liningUp} onLineUp={() => setLiningUp(!liningUp)} />
        </div>
        <div className={classes.below}>
          {(liningUp || missing) && (
            <LineUp
              model={model}
              take={take}
              criterion={step.criteria.find(({ id }) => id === criterion) ?? null}
              saving={sayWhere.isPending}
              onNudge={nudge}
              onHere={markHere}
            />
          )}
          <CriterionPicker
            criteria={step.criteria}
            chosen={criterion}
            model={model}
            take={take}
            onChoose={choose}
          />
        </div>
        {showsKeys && (
          <Suspense>
            <KeysOverlay opened onClose={() => setShowsKeys(false)} keys={KEY_HELP} />
          </Suspense>
        )}
      </div>
    </PairContext>
  );
}

function aspectOf({ knot: { width, height } }: Side): number {
  return width && height ? width / height : WIDE;
}

function isPlaced(places: { criterion: string }[], criterion: string): boolean {
  return places.some((place) => place.criterion === criterion);
}

/** In the middle of a sentence. */
function lower(name: string): string {
  return name.startsWith("Your ") ? `y${name.slice(1)}` : name;
}
