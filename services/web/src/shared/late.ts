import { type ComponentType, type LazyExoticComponent, lazy } from "react";

type PropsOf<Component> = Component extends (props: infer Props) => unknown ? Props : never;

/**
 * A component whose code comes when it is first drawn. Where the network has gone meanwhile, it comes when the
 * network is back: until then the nearest `Suspense` shows what stands for it, and the page around it stays.
 */
export function late<File, Name extends keyof File>(
  load: () => Promise<File>,
  name: Name,
): LazyExoticComponent<ComponentType<PropsOf<File[Name]>>> {
  return lazy(async () => {
    const file = await onceOnline(load);
    return { default: file[name] as ComponentType<PropsOf<File[Name]>> };
  });
}

/** Runs a fetch of code, and again after each return of the network for as long as it fails without one. */
export async function onceOnline<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
    }
  }
}
