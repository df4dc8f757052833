import type { Instant } from '../../../core/instant.ts';
import { type RunnerRecord, shownBusy } from '../runners.ts';

const builtIn = new Set(['self-hosted', 'linux', 'windows', 'macos', 'x64', 'x86', 'arm', 'arm64']);

export function runnerJson(runner: RunnerRecord, now: Instant): object {
  const labels = runner.labels.map((name, index) => ({
    id: index + 1,
    name,
    type: builtIn.has(name.toLowerCase()) ? 'read-only' : 'custom',
  }));
  return {
    id: runner.id,
    name: runner.name,
    os: runner.os,
    runner_group_id: runner.groupId,
    ephemeral: true,
    labels,
    status: runner.online ? 'online' : 'offline',
    busy: shownBusy(runner, now),
  };
}
