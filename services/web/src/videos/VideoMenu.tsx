import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconEye, IconPencil, IconTrash, IconUserShare } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { sentence } from "~/api/problem";
import type { Me, Video } from "~/api/types";
import { ask } from "~/shared/ask";
import { late } from "~/shared/late";
import { useWayBack } from "~/shared/useWayBack";
import { countOn, useDeleteVideo } from "~/videos/api";
import { lossWords } from "~/videos/words";

// A list of films has many menus; their dialogs come with the first that is opened.
const RenameDialog = late(() => import("~/videos/RenameDialog"), "RenameDialog");
const ShareDialog = late(() => import("~/videos/ShareDialog"), "ShareDialog");
const WatchedDialog = late(() => import("~/videos/WatchedDialog"), "WatchedDialog");

/** What can be done with a video, by whoever may do it. */
export function VideoMenu({ video, me }: { video: Video; me: Me }) {
  const [open, setOpen] = useState<"rename" | "share" | "watched">();
  const remove = useDeleteVideo(video.id);
  const { rights } = video;
  const { button, goBack } = useWayBack();
  const close = () => {
    setOpen(undefined);
    goBack();
  };

  const confirmDelete = async () => {
    const { moments, clips } = await countOn(video.id);
    const sure = await ask({
      title: `Delete “${video.title}”?`,
      detail: lossWords(moments, clips),
      yes: "Delete it",
      grave: true,
    });
    if (!sure) return goBack();
    remove.mutate(undefined, {
      onSuccess: () => notifications.show({ message: `“${video.title}” is deleted.` }),
      onError: (error) => notifications.show({ message: sentence(error), color: "red" }),
    });
  };

  if (!rights.change && !rights.share && !rights.delete) return null;
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon ref={button} color="gray" aria-label={`More about “${video.title}”`}>
            <IconDots size={24} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rights.change && (
            <Menu.Item leftSection={<IconPencil size={20} />} onClick={() => setOpen("rename")}>
              Rename
            </Menu.Item>
          )}
          {rights.share && (
            <>
              <Menu.Item leftSection={<IconUserShare size={20} />} onClick={() => setOpen("share")}>
                Share
              </Menu.Item>
              <Menu.Item leftSection={<IconEye size={20} />} onClick={() => setOpen("watched")}>
                Who watched
              </Menu.Item>
            </>
          )}
          {rights.delete && (
            <Menu.Item leftSection={<IconTrash size={20} />} color="red.9" onClick={confirmDelete}>
              Delete
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === "rename" && <RenameDialog video={video} onClose={close} />}
        {open === "share" && <ShareDialog video={video} me={me} onClose={close} />}
        {open === "watched" && <WatchedDialog video={video} onClose={close} />}
      </Suspense>
    </>
  );
}
