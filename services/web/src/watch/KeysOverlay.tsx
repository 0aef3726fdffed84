import { Kbd, Modal } from "@mantine/core";
import { KEY_HELP } from "~/watch/keys";
import classes from "./KeysOverlay.module.css";

/** All keys of the watch page. */
export function KeysOverlay({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={<b>Keys</b>} size="lg">
      <dl className={classes.keys}>
        {KEY_HELP.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="md">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
