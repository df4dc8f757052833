import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Chance, chance } from './chance.ts';

const draws = (dice: Chance, count: number): readonly number[] => Array.from({ length: count }, () => dice.fraction());
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the same seed draws the same, another one something else', () => {
  const seeds = fc.tuple(fc.nat(), fc.nat()).filter(([one, other]) => one !== other);
  fc.assert(
    fc.property(seeds, ([one, other]) => {
      expect(draws(chance(one), 20)).toEqual(draws(chance(one), 20));
      expect(draws(chance(one), 20)).not.toEqual(draws(chance(other), 20));
    }),
  );
});

test('a stream is its own: what others draw, and when it was made, changes nothing', () => {
  const early = chance(5).stream('ec2');
  const dice = chance(5);
  draws(dice, 100);
  draws(dice.stream('forge'), 100);
  expect(draws(dice.stream('ec2'), 20)).toEqual(draws(early, 20));
  expect(draws(dice.stream('forge'), 20)).not.toEqual(draws(chance(5).stream('ec2'), 20));
});

test('each way to draw keeps to what it promises', () => {
  const dice = chance(11);
  const many = <T>(draw: () => T): readonly T[] => Array.from({ length: 20_000 }, draw);
  const wholes = new Set(many(() => dice.whole(3, 6)));
  expect([...wholes].sort()).toEqual([3, 4, 5, 6]);
  expect(Math.max(...many(() => dice.between(2, 3)))).toBeLessThan(3);
  expect(meanOf(many(() => dice.exponential(40)))).toBeCloseTo(40, -0.5);
  const lognormal = [...many(() => dice.lognormal(40, 0.5))].sort((a, b) => a - b);
  expect(lognormal[10_000]).toBeGreaterThan(38);
  expect(lognormal[10_000]).toBeLessThan(42);
  expect(many(() => dice.happens(0.25)).filter(Boolean).length / 20_000).toBeCloseTo(0.25, 1);
  expect(many(() => dice.happens(0)).some(Boolean)).toBe(false);
  expect(new Set(many(() => dice.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
});
