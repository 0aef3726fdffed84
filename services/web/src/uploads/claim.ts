/**
 * Claims an upload for this tab until the tab closes or `release` is called, so that two tabs never send the
 * same film. Answers false when another tab has it.
 */
export function claim(id: string): Promise<boolean> {
  // Without a secure connection there are no locks; the server sorts it out then, only less smoothly.
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`pennydrop-upload-${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<void>((done) => releases.set(id, done));
    });
  });
}

export function release(id: string): void {
  releases.get(id)?.();
  releases.delete(id);
}

const releases = new Map<string, () => void>();
