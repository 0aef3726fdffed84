const VIDEOS = "video/*,.mp4,.mov,.m4v,.3gp,.avi,.mkv,.webm,.mts,.m2ts";

/** The bare input inside a label: picks videos, and can pick the same one twice. */
export function FileInput({
  capture = false,
  onFiles,
}: {
  capture?: boolean;
  onFiles: (files: File[]) => void;
}) {
  return (
    <input
      type="file"
      className="visually-hidden"
      accept={VIDEOS}
      multiple={!capture}
      capture={capture ? "environment" : undefined}
      onChange={(event) => {
        onFiles([...(event.currentTarget.files ?? [])]);
        event.currentTarget.value = "";
      }}
    />
  );
}
