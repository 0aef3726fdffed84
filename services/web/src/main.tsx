import "virtual:mantine.css";
import "~/app/base.css";

import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "~/app/App";
import { fetchPage } from "~/app/router";
import { reloadWhenUpdated, startServiceWorker } from "~/app/serviceWorker";
import { putStylesOn } from "~/app/styles";
import { submitOnce } from "~/app/submitOnce";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root to draw in");
await putStylesOn();
fetchPage();
// In a transition React draws piece by piece, so that a slow phone hears a thumb in between.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
submitOnce(document);
reloadWhenUpdated();
startServiceWorker();
