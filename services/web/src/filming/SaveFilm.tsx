import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { Upload } from "~/uploads/upload";
import type { Uploader } from "~/uploads/uploader";

// Long enough for a browser to have begun its download.
const GIVEN_AWAY_AFTER_MS = 60_000;

/** A film that Pennydrop doesn't take was filmed all the same: it can go to the device's own files. */
export function SaveFilm({ upload, uploader }: { upload: Upload; uploader: Uploader }) {
  if (!upload.filmed || upload.cleared) return null;
  const save = async () => {
    const film = await uploader.hold(upload.id);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(film);
    link.download = `${upload.title.replaceAll(/[:/\\]/g, ".")}.${upload.name.split(".").at(-1)}`;
    link.click();
    window.setTimeout(() => {
      URL.revokeObjectURL(link.href);
      uploader.letGo(upload.id);
    }, GIVEN_AWAY_AFTER_MS);
  };
  return (
    <Button variant="light" leftSection={<IconDownload size={20} />} onClick={() => void save()}>
      Save it on this device
    </Button>
  );
}
