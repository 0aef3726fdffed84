import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconDots,
  IconDownload,
  IconKeyboard,
  IconLink,
  IconUpload,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Suspense, useRef, useState } from "react";
import { keys } from "~/api/keys";
import { sentence } from "~/api/problem";
import type { Video } from "~/api/types";
import { useOpensAtOnce } from "~/shared/LateMenu";
import { late } from "~/shared/late";
import { count } from "~/shared/words";
import { importMoments } from "~/watch/moments/api";

interface FilmMenuProps {
  video: Video;
  onCopyLink: () => void;
  onKeys: () => void;
}

// The film first: what is done rarely comes when it is wanted.
const ModelDialog = late(() => import("~/exemplars/ModelDialog"), "ModelDialog");

const FORMATS = [
  { ending: "vtt", label: "Moments as subtitles (.vtt)" },
  { ending: "csv", label: "Moments as a table (.csv)" },
  { ending: "json", label: "Moments as data (.json)" },
];

/** What is done rarely: links, moments out and in, the list of keys. */
export function FilmMenu({ video, onCopyLink, onKeys }: FilmMenuProps) {
  const file = useRef<HTMLInputElement>(null);
  const bringIn = useImport(video.id);
  const [showing, setShowing] = useState(false);
  const { button, opened, onChange } = useOpensAtOnce();
  return (
    <>
      <input
        ref={file}
        type="file"
        accept=".vtt,text/vtt"
        hidden
        aria-label="A .vtt file with moments"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) bringIn.mutate(chosen);
          event.currentTarget.value = "";
        }}
      />
      <Menu position="bottom-end" width={290} opened={opened} onChange={onChange}>
        <Menu.Target>
          <ActionIcon ref={button} color="gray" aria-label="More about this film" loading={bringIn.isPending}>
            <IconDots size={24} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={20} />} onClick={onCopyLink}>
            Copy a link to here
          </Menu.Item>
          {video.purpose !== "meeting" && (video.rights.clip || video.exemplars.length > 0) && (
            <Menu.Item leftSection={<IconUsersGroup size={20} />} onClick={() => setShowing(true)}>
              Show it to others as a model
            </Menu.Item>
          )}
          {video.rights.mark && (
            <>
              <Menu.Divider />
              {FORMATS.map(({ ending, label }) => (
                <Menu.Item
                  key={ending}
                  leftSection={<IconDownload size={20} />}
                  component="a"
                  href={`/api/v1/videos/${video.id}/moments.${ending}`}
                  download
                >
                  {label}
                </Menu.Item>
              ))}
              <Menu.Item leftSection={<IconUpload size={20} />} onClick={() => file.current?.click()}>
                Bring moments in (.vtt)
              </Menu.Item>
            </>
          )}
          <Menu.Divider visibleFrom="md" />
          <Menu.Item leftSection={<IconKeyboard size={20} />} onClick={onKeys} visibleFrom="md">
            All keys (?)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {showing && (
        <Suspense>
          <ModelDialog video={video} onClose={() => setShowing(false)} />
        </Suspense>
      )}
    </>
  );
}

function useImport(videoId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (file: File) => importMoments(videoId, await file.text()),
    onSuccess: async ({ added, already_there, problems }) => {
      await client.invalidateQueries({ queryKey: keys.moments(videoId) });
      const first = problems[0];
      if (first) {
        const message = `Nothing was changed. Line ${first.line}: ${first.detail}`;
        notifications.show({ color: "red", title: "This file can’t be brought in", message });
        return;
      }
      const known = already_there ? ` ${count(already_there, "moment")} were here already.` : "";
      notifications.show({ message: `${count(added, "moment")} brought in.${known}` });
    },
    onError: (error) =>
      notifications.show({ color: "red", title: "Nothing was changed", message: sentence(error) }),
  });
}
