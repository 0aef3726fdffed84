import { Button } from "@mantine/core";
import { IconVideoPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import type { ActionStep } from "~/api/types";
import { canFilmHere } from "~/filming/support";
import { useAddRound } from "~/rounds/api";

const FilmHere = lazy(() => import("~/filming/FilmHere").then((file) => ({ default: file.FilmHere })));

interface AnotherGoProps {
  step: Pick<ActionStep, "id" | "action" | "criteria">;
  label: string;
  className?: string | undefined;
  variant?: "filled" | "default";
}

/** The camera at one press; then the page of that go, to look at it and say what one saw. */
export function AnotherGo({ step, label, className, variant = "filled" }: AnotherGoProps) {
  const [filming, setFilming] = useState(false);
  const navigate = useNavigate();
  const add = useAddRound(step.id);
  const latest = useRef<string | null>(null);
  const isClosed = useRef(false);

  const show = () => {
    if (isClosed.current && latest.current)
      void navigate({ to: "/rounds/$id", params: { id: latest.current } });
  };
  const look = {
    size: "lg",
    variant,
    className,
    leftSection: <IconVideoPlus size={24} aria-hidden="true" />,
  } as const;
  if (!canFilmHere()) {
    return (
      <Button {...look} renderRoot={(props) => <Link to="/film" search={{ step: step.id }} {...props} />}>
        {label}
      </Button>
    );
  }
  return (
    <>
      <Button
        {...look}
        onClick={() => {
          isClosed.current = false;
          latest.current = null;
          setFilming(true);
        }}
      >
        {label}
      </Button>
      {filming && (
        <Suspense fallback={null}>
          <FilmHere
            wishes={{ purpose: "rehearsal", actionStep: step.id }}
            title={step.action}
            criteria={step.criteria.map(({ text }) => text)}
            // Its round is made once the film is known: a camera that was closed again leaves nothing behind.
            onFilmed={(video) =>
              add.mutate(
                { kind: "rehearsal", video },
                {
                  onSuccess({ id }) {
                    latest.current = id;
                    show();
                  },
                },
              )
            }
            onClose={() => {
              isClosed.current = true;
              setFilming(false);
              show();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
