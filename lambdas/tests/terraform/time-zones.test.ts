import { expect, test } from '@jest/globals';
import { timeZone } from '../../src/core/time-zone.ts';
import { readInRoot } from './module-tables.ts';

const areas: Readonly<Record<string, readonly string[]>> = JSON.parse(readInRoot('modules/_fleet/time-zones.json'));
const names = Object.entries(areas).flatMap(([area, zones]) =>
  zones.map((zone) => (area === '' ? zone : `${area}/${zone}`)),
);

test('every zone that Terraform takes is read by the functions', () => {
  expect(names.map((name) => timeZone(name).name)).toEqual(names);
});

test('Terraform takes every zone of today', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((name) => !names.includes(name))).toEqual([]);
});
