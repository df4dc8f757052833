import { expect, test } from '@jest/globals';
import { seededChance } from './chance.ts';
import { HabitError, habitNames, habits, parseHabits } from './habits.ts';

const fresh = () => habits(seededChance(1));

test('all habits are off until they are set', () => {
  expect(Object.values(fresh().current()).every((probability) => probability === 0)).toBe(true);
});

test('true means as often as usual, a number means that often, false means never', () => {
  const chosen = fresh();
  chosen.set({ lostEvents: true, ghosts: 0.75, nameTaken: false });
  expect(chosen.current()).toMatchObject({ lostEvents: 0.05, ghosts: 0.75, nameTaken: 0 });
});

test('"all" sets every habit', () => {
  const chosen = fresh();
  chosen.set({ all: 1 });
  expect(habitNames.every((name) => chosen.strikes(name))).toBe(true);
});

test('an unknown habit is refused with the nearest name, and nothing is set', () => {
  const chosen = fresh();
  expect(() => chosen.set({ ghosts: 1, ...{ lateEvent: true } })).toThrow(
    /Unknown habit "lateEvent"\. Did you mean "lateEvents"\? Known are: all, staleBusy/,
  );
  expect(chosen.current().ghosts).toBe(0);
});

test.each([2, -1, 'yes', null])('%p is no probability', (value) => {
  expect(() => fresh().set({ ghosts: value as number })).toThrow(HabitError);
});

test('a command line’s list has names with and without probability', () => {
  expect(parseHabits(' ghosts, lostEvents=0.5,')).toEqual({ ghosts: true, lostEvents: 0.5 });
  expect(parseHabits('')).toEqual({});
  expect(() => parseHabits('ghost')).toThrow('Did you mean "ghosts"?');
  expect(() => parseHabits('ghosts=often')).toThrow(HabitError);
});

test('draws repeat with their seed', () => {
  const draws = (seed: number): readonly boolean[] => {
    const chosen = habits(seededChance(seed));
    chosen.set({ ghosts: 0.5 });
    return Array.from({ length: 50 }, () => chosen.strikes('ghosts'));
  };
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});
