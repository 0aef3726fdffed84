import "virtual:mantine.css";
import "~/app/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "~/app/App";
import { fetchPage } from "~/app/router";
import { reloadWhenUpdated, startServiceWorker } from "~/app/serviceWorker";
import { submitOnce } from "~/app/submitOnce";

fetchPage();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root to draw in");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
submitOnce(document);
reloadWhenUpdated();
startServiceWorker();
