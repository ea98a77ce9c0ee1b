import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { visitSchema, type Visit } from '../../../src/records/visit.ts';
import { ReportError } from '../../../src/report/errors.ts';
import { visitFhir, type Bundle } from '../../../src/report/fhir.ts';
import type { AnyResource, Observation } from '../../../src/report/fhir/types.ts';
import { englishReport } from '../../../src/report/words.ts';
import { anyVisit } from './anyVisit.ts';
import { complaintsAbout } from './fhirRules.ts';
import { assessedWalk, blockedWalk, twoWalks } from './visits.ts';

type Kind = AnyResource['resourceType'];

function allOf<K extends Kind>(bundle: Bundle, kind: K) {
  const resources = bundle.entry.map(({ resource }) => resource);
  return resources.filter((resource): resource is Extract<AnyResource, { resourceType: K }> => resource.resourceType === kind);
}

/** The observations with this code of our own. */
function observations(bundle: Bundle, code: string): Observation[] {
  return allOf(bundle, 'Observation').filter((observation) => observation.code.coding?.[0]?.code === code);
}

function componentsOf({ component = [] }: Observation) {
  return Object.fromEntries(component.map(({ code, ...value }) => [code.coding?.[0]?.code ?? '', value]));
}

function notesOf({ note = [] }: Observation): string {
  return note.map(({ text }) => text).join(' ');
}

describe('a bundle', () => {
  it('meets what R4 demands, whatever the visit', () => {
    fc.assert(
      fc.property(anyVisit, fc.boolean(), (visit, given) => {
        expect(v.is(visitSchema, visit)).toBe(true);
        const bundle = visitFhir(visit, given ? { participantSystem: 'urn:oid:1.2.3' } : {});
        expect(complaintsAbout(JSON.stringify(bundle))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is a collection of preliminary results, and the same for the same visit', () => {
    const bundle = visitFhir(twoWalks());
    expect(bundle).toMatchObject({ type: 'collection', identifier: { value: `urn:uuid:${twoWalks().id}` } });
    expect(bundle).toEqual(visitFhir(twoWalks()));
    for (const { status } of [...allOf(bundle, 'Observation'), ...allOf(bundle, 'DiagnosticReport')]) {
      expect(status).toBe('preliminary');
    }
    const other = visitFhir({ ...twoWalks(), id: 'aaaaaaaa-7a0e-4d0b-9b7e-1f5f2a6c9d10' });
    const urls = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
    expect(other.entry.filter(({ fullUrl }) => urls.has(fullUrl))).toEqual([]);
  });

  it('says on every result what it is for and what its model has seen', () => {
    const bundle = visitFhir(twoWalks());
    for (const observation of allOf(bundle, 'Observation')) expect(notesOf(observation)).toContain(englishReport.researchUse);
    for (const code of ['visit-outcome', 'walk-outcome', 'positive-predictive-value', 'negative-predictive-value']) {
      expect(observations(bundle, code)).not.toEqual([]);
      for (const observation of observations(bundle, code)) expect(notesOf(observation)).toContain(englishReport.simulated);
    }
    expect(allOf(bundle, 'DiagnosticReport')[0]?.conclusion).toContain(englishReport.simulated);
  });

  it('never calls a result a diagnosis, and leaves remarks and names out', () => {
    const file = JSON.stringify(visitFhir(twoWalks()));
    expect(file.replaceAll('"resourceType":"DiagnosticReport"', '')).not.toMatch(/diagnos/i);
    expect(file).not.toMatch(/Ada|mother/);
    expect(Object.keys(allOf(visitFhir(twoWalks()), 'Patient')[0]!).sort()).toEqual([
      'gender',
      'id',
      'identifier',
      'language',
      'resourceType',
    ]);
  });

  it('is written in the words handed in', () => {
    const words = { ...englishReport, language: 'zh', researchUse: '仅供研究使用。' };
    const bundle = visitFhir(twoWalks(), { words });
    expect(complaintsAbout(JSON.stringify(bundle))).toEqual([]);
    expect(allOf(bundle, 'DiagnosticReport')[0]).toMatchObject({
      language: 'zh',
      conclusion: expect.stringContaining('仅供研究使用'),
    });
    expect(allOf(bundle, 'DiagnosticReport')[0]?.text.div).toContain('xml:lang="zh"');
  });
});

describe('the person', () => {
  it('has a code that counts only under the site’s own system', () => {
    const at = (visit: Visit, participantSystem?: string) =>
      allOf(visitFhir(visit, participantSystem ? { participantSystem } : {}), 'Patient')[0]?.identifier[0];
    const another = { ...twoWalks(), id: 'aaaaaaaa-7a0e-4d0b-9b7e-1f5f2a6c9d10' };
    expect(at(twoWalks(), 'urn:oid:1.2.3')).toEqual({ system: 'urn:oid:1.2.3', value: 'S-014' });
    expect(at(another, 'urn:oid:1.2.3')).toEqual(at(twoWalks(), 'urn:oid:1.2.3'));
    expect(at(another)?.system).not.toBe(at(twoWalks())?.system);
  });

  it.each(['', 'school', 'urn:a b', 'https:'])('refuses %j as a system', (participantSystem) => {
    expect(() => visitFhir(twoWalks(), { participantSystem })).toThrow(ReportError);
  });

  it('has a sex, an age band and a consent only where they were said', () => {
    const visit = twoWalks();
    const silent = visitFhir({ ...visit, consent: null, participant: { ...visit.participant, sex: null, ageBand: null } });
    expect(allOf(silent, 'Patient')[0]).not.toHaveProperty('gender');
    expect([...observations(silent, 'age-band'), ...allOf(silent, 'Consent')]).toEqual([]);
    const bundle = visitFhir(visit);
    expect(allOf(bundle, 'Patient')[0]?.gender).toBe('female');
    expect(observations(bundle, 'age-band')[0]?.valueCodeableConcept?.coding?.[0]?.code).toBe('13-15');
    expect(allOf(bundle, 'Consent')[0]).toMatchObject({
      dateTime: '2026-03-02T09:25:00+01:00',
      performer: [{ display: 'parent' }],
      policyRule: { text: 'The recording may be used for the study.' },
    });
  });
});

describe('the outcomes', () => {
  it('have the classes’ probabilities as components, and the walks behind them', () => {
    const bundle = visitFhir(twoWalks());
    const [whole] = observations(bundle, 'visit-outcome');
    const walks = observations(bundle, 'walk-outcome');
    expect(whole?.valueCodeableConcept?.coding?.[0]).toMatchObject({ system: 'urn:plumbline:outcome', code: 'refer' });
    expect(componentsOf(whole!)).toMatchObject({
      'probability-positive': { valueQuantity: { value: 0.7, system: 'http://unitsofmeasure.org', code: '1' } },
      'threshold-refer': { valueQuantity: { value: 0.6 } },
      'walks-combined': { valueQuantity: { value: 1, code: '{walks}' } },
    });
    expect(whole?.derivedFrom).toEqual(walks.map(({ id }) => ({ reference: `urn:uuid:${id}` })));
    expect(componentsOf(walks[0]!)).toMatchObject({
      'frames-usable': { valueQuantity: { value: 1, code: '{frames}' } },
      steps: { valueQuantity: { value: 1.1, unit: 'steps/s', code: '{steps}/s' } },
    });
    expect(walks[0]?.identifier?.[0]?.value).toBe(`urn:uuid:${assessedWalk().id}`);
  });

  it('say why where nothing could be assessed', () => {
    const result = {
      outcome: 'not-assessable',
      probabilities: null,
      spread: null,
      walks: 0,
      thresholds: null,
      accuracy: null,
    } as const;
    const bundle = visitFhir({ ...twoWalks(), walks: [blockedWalk()], result });
    const reason = 'Not met: whole-body is 0.1, the limit is 0.5 share.';
    for (const code of ['visit-outcome', 'walk-outcome']) {
      const [observation] = observations(bundle, code);
      expect(observation?.valueCodeableConcept?.text).toBe('Not assessable');
      expect(notesOf(observation!)).toContain(reason);
      expect(componentsOf(observation!)).not.toHaveProperty('probability-positive');
    }
    const [report] = allOf(bundle, 'DiagnosticReport');
    expect(report?.conclusion).toMatch(/^Not assessable\. .*whole-body is 0\.1/);
    expect(report?.text.div).toContain(`<p>${reason}</p>`);
    expect(allOf(visitFhir({ ...twoWalks(), walks: [], result }), 'DiagnosticReport')[0]?.conclusion).toContain(
      'No walk was recorded.',
    );
  });

  it('come from one device, or from each walk’s own', () => {
    const other = { ...assessedWalk(), provenance: { ...assessedWalk().provenance, backend: 'wasm, 2 threads' } };
    const bundle = visitFhir({ ...twoWalks(), walks: [assessedWalk(), other, assessedWalk()] });
    const devices = allOf(bundle, 'Device').map(({ id }) => `urn:uuid:${id}`);
    expect(devices).toHaveLength(2);
    expect(observations(bundle, 'walk-outcome').map(({ device }) => device)).toEqual(
      [devices[0], devices[1], devices[0]].map((reference) => ({ reference })),
    );
    expect(observations(bundle, 'visit-outcome')[0]).not.toHaveProperty('device');
    const [device] = allOf(visitFhir(twoWalks()), 'Device');
    expect(device?.version).toEqual([{ value: '0.1.0' }]);
    expect(device?.property.map(({ valueCode }) => valueCode?.[0]?.text)).toContain('ab'.repeat(32));
    expect(observations(visitFhir(twoWalks()), 'visit-outcome')[0]?.device).toEqual({ reference: `urn:uuid:${device?.id}` });
  });
});

describe('what is said of the model', () => {
  const conclusionWith = (
    model: Partial<Visit['walks'][number]['provenance']['model']>,
    source: 'camera' | 'sample' = 'camera',
  ) => {
    const walk = assessedWalk();
    const provenance = { ...walk.provenance, model: { ...walk.provenance.model, ...model } };
    const bundle = visitFhir({ ...twoWalks(), walks: [{ ...walk, source, provenance }] });
    return allOf(bundle, 'DiagnosticReport')[0]!.conclusion;
  };

  it('is what it has learned from, and whether its probabilities were checked', () => {
    const real = { simulated: false, trainedOn: 'Scoliosis1K' };
    expect(conclusionWith(real)).toContain('The model was trained on: Scoliosis1K.');
    expect(conclusionWith(real)).not.toContain(englishReport.simulated);
    expect(conclusionWith(real)).not.toContain(englishReport.uncalibrated);
    expect(conclusionWith({ ...real, calibrated: false })).toContain(englishReport.uncalibrated);
    expect(conclusionWith({ ...real, trainedOn: ' ' })).not.toContain('trained on');
  });

  it('comes with the sample’s own note', () => {
    expect(conclusionWith({}, 'sample')).toContain(englishReport.sampleWalk);
    expect(conclusionWith({})).not.toContain(englishReport.sampleWalk);
  });
});

describe('the measures', () => {
  it('have unit, interval, spread and side', () => {
    const bundle = visitFhir(twoWalks());
    const [tilt] = observations(bundle, 'shoulder-tilt');
    expect(tilt).toMatchObject({ valueQuantity: { value: -2.12346, unit: '°', code: 'deg' } });
    expect(componentsOf(tilt!)).toMatchObject({
      side: { valueCodeableConcept: { text: 'Right' } },
      'interval-95': { valueRange: { low: { value: -2.7 }, high: { value: -1.5 } } },
      'standard-deviation': { valueQuantity: { value: 1.2 } },
      count: { valueQuantity: { value: 8, code: '{strides}' } },
    });
    expect(notesOf(tilt!)).toContain('left shoulder is higher');
    expect(observations(bundle, 'walk-outcome')[0]?.hasMember).toContainEqual({ reference: `urn:uuid:${tilt?.id}` });
  });

  it('have the asymmetry vector in percent of the body’s height and in radians; what is no number has a reason', () => {
    const walk = assessedWalk();
    walk.asymmetry![6] = 1.28;
    walk.asymmetry![8] = NaN;
    const [vector] = observations(visitFhir({ ...twoWalks(), walks: [walk] }), 'asymmetry');
    expect(vector?.component).toHaveLength(24);
    expect(componentsOf(vector!)).toMatchObject({
      'shoulder-VD': { valueQuantity: { value: 1, code: '%' } },
      'shoulder-AD': { dataAbsentReason: { coding: [{ code: 'not-a-number' }] } },
      'elbow-AD': { valueQuantity: { value: 1.1, code: 'rad' } },
    });
  });
});

describe('predictive values', () => {
  it('are given where both prevalence and accuracy are', () => {
    const [positive] = observations(visitFhir(twoWalks()), 'positive-predictive-value');
    expect(positive?.valueQuantity?.value).toBeCloseTo((0.8 * 0.03) / (0.8 * 0.03 + 0.07 * 0.97), 5);
    expect(componentsOf(positive!)).toMatchObject({
      prevalence: { valueQuantity: { value: 0.03 } },
      'interval-95': { valueRange: {} },
    });
    const unmeasured = { ...twoWalks().result, accuracy: null };
    for (const other of [{ result: unmeasured }, { prevalence: null }]) {
      expect(observations(visitFhir({ ...twoWalks(), ...other }), 'positive-predictive-value')).toEqual([]);
    }
  });
});
