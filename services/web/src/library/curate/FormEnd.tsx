import { Alert, Button, Group } from "@mantine/core";
import { sentence } from "~/api/problem";
import { ask } from "~/shared/ask";

interface FormEndProps {
  error: unknown;
  isSaving: boolean;
  onCancel: () => void;
  /** What to ask before it is deleted; none where there is nothing to delete. */
  remove?: { title: string; detail: string; go: () => void };
}

/** How the form of one part of the library ends. */
export function FormEnd({ error, isSaving, onCancel, remove }: FormEndProps) {
  return (
    <>
      {Boolean(error) && (
        <Alert color="red" variant="light" role="alert">
          {sentence(error)}
        </Alert>
      )}
      <Group gap="sm">
        <Button type="submit" loading={isSaving}>
          Save
        </Button>
        <Button variant="default" onClick={onCancel}>
          Leave it
        </Button>
        {remove && (
          <Button
            variant="subtle"
            color="red.9"
            onClick={async () => {
              if (await ask({ title: remove.title, detail: remove.detail, yes: "Delete it", grave: true }))
                remove.go();
            }}
          >
            Delete
          </Button>
        )}
      </Group>
    </>
  );
}
