import { ActionIcon, Alert, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { sentence } from "~/api/problem";
import type { Exemplar } from "~/api/types";
import { useChapters } from "~/exemplars/api";
import { clock } from "~/shared/time";
import { usePlayer } from "~/watch/player/usePlayer";
import classes from "./ChapterEditor.module.css";

interface ChapterEditorProps {
  exemplar: Exemplar;
  criteria: { id: string; position: number; text: string }[];
  offsetMs: number;
}

/** Stop the film where a criterion is done well, and say so. It lasts until the next one, or until “Ends here”. */
export function ChapterEditor({ exemplar, criteria, offsetMs }: ChapterEditorProps) {
  const player = usePlayer();
  const { add, change, remove } = useChapters(exemplar.id);
  const error = add.error ?? change.error ?? remove.error;
  const hereMs = () => Math.max(0, Math.round(player.nowMs - offsetMs));
  return (
    <div className={classes.editor}>
      <p>Stop the film where a criterion can be seen, then press its “Starts here”.</p>
      {error && (
        <Alert color="red" variant="light" role="alert">
          {sentence(error)}
        </Alert>
      )}
      <ol className={classes.criteria}>
        {criteria.map((criterion) => (
          <li key={criterion.id}>
            <span>{criterion.text}</span>
            <div className={classes.places}>
              {exemplar.chapters
                .filter((chapter) => chapter.criterion === criterion.id)
                .map((chapter) => (
                  <span key={chapter.id} className={classes.place}>
                    {clock(chapter.start_ms)}
                    {chapter.end_ms !== null && `–${clock(chapter.end_ms)}`}
                    <Button
                      variant="subtle"
                      size="compact-md"
                      onClick={() => change.mutate({ id: chapter.id, end_ms: hereMs() })}
                    >
                      Ends here
                    </Button>
                    <ActionIcon
                      color="gray"
                      aria-label={`Remove ${clock(chapter.start_ms)} from “${criterion.text}”`}
                      onClick={() => remove.mutate(chapter.id)}
                    >
                      <IconX size={20} />
                    </ActionIcon>
                  </span>
                ))}
              <Button
                variant="default"
                size="compact-md"
                loading={add.isPending && add.variables.criterion === criterion.id}
                onClick={() => add.mutate({ criterion: criterion.id, start_ms: hereMs() })}
              >
                Starts here
              </Button>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
