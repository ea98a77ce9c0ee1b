/** The site's settings in the database. They are about no participant, and can be read while the records are locked. */
import type { IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { putRow, rowAt } from './database.ts';
import type { RecordEnvironment } from './environment.ts';
import { RecordError } from './errors.ts';
import { SITE } from './layout.ts';
import { readSettings, settingsSchema, type Settings } from './settings.ts';

const SETTINGS = 'settings';

export class SettingsStore {
  readonly #database: IDBPDatabase;
  readonly #environment: Pick<RecordEnvironment, 'alone'>;
  readonly #changed: () => void;

  constructor(database: IDBPDatabase, environment: Pick<RecordEnvironment, 'alone'>, changed: () => void) {
    this.#database = database;
    this.#environment = environment;
    this.#changed = changed;
  }

  async read(): Promise<Settings> {
    const settings = await this.#stored();
    return settings.participantSystem === null ? this.#write({}) : settings;
  }

  /** Changes some of them and leaves the others; returns all. Throws {@link RecordError} `settings-invalid`. */
  async change(some: Partial<Settings>): Promise<Settings> {
    const settings = await this.#write(some);
    this.#changed();
    return settings;
  }

  async #stored(): Promise<Settings> {
    return readSettings(await rowAt(this.#database, SITE, SETTINGS));
  }

  #write(some: Partial<Settings>): Promise<Settings> {
    return this.#environment.alone(async () => {
      const former = await this.#stored();
      const settings = checked({ ...former, ...some });
      settings.participantSystem ??= former.participantSystem ?? `urn:uuid:${crypto.randomUUID()}`;
      await putRow(this.#database, SITE, SETTINGS, settings);
      return settings;
    });
  }
}

function checked(settings: Settings): Settings {
  const result = v.safeParse(settingsSchema, settings);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new RecordError(
    'settings-invalid',
    `This setting can’t be used: ${v.getDotPath(issue) ?? 'settings'}, ${issue.message}. The former one stays.`,
  );
}
