/** Files of records as another device would have exported them, made here in memory. */
import { exportVisits } from '../../src/records/exportVisits.ts';
import type { Visit } from '../../src/records/visit.ts';
import { Device } from '../unit/records/device.ts';

export interface UploadedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export async function exportedVisits(visits: readonly Visit[], passphrase: string | null = null): Promise<UploadedFile> {
  const store = await new Device().open();
  await store.merge(visits.map((visit) => ({ changed: '2026-03-02T12:00:00Z', visit })));
  const { file } = await exportVisits(store, { passphrase, now: new Date('2026-03-02T12:00:00Z'), iterations: 1000 });
  return named('school.plumbline', Buffer.from(await file.arrayBuffer()));
}

export function named(name: string, buffer: Buffer): UploadedFile {
  return { name, mimeType: 'application/octet-stream', buffer };
}
