/** Puts the app's styles on, once they have come; see `build/lateStyles.ts`. */
export async function putStylesOn(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][media="not all"]')];
  await Promise.all(links.map(come));
  for (const link of links) link.media = "all";
  // The app has just been read: what comes next is a task of its own, and what a thumb did meanwhile comes first.
  await new Promise((resolve) => setTimeout(resolve));
}

function come(link: HTMLLinkElement): Promise<unknown> | undefined {
  if (link.sheet) return undefined;
  return new Promise((resolve) => {
    link.addEventListener("load", resolve, { once: true });
    // A page without its looks is better than none.
    link.addEventListener("error", resolve, { once: true });
  });
}
