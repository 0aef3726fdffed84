import { Button, Modal, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { sentence } from "~/api/problem";
import type { Video } from "~/api/types";
import { DialogActions } from "~/shared/DialogActions";
import { useRenameVideo } from "~/videos/api";

export function RenameDialog({ video, onClose }: { video: Video; onClose: () => void }) {
  const rename = useRenameVideo(video.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get("title")).trim();
    rename.mutate(title, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title="Rename this film">
      <form onSubmit={submit}>
        <TextInput
          name="title"
          label="Title"
          defaultValue={video.title}
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
          error={rename.isError && sentence(rename.error)}
        />
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
          <Button type="submit" loading={rename.isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
