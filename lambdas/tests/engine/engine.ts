/** Where the doubles of AWS listen while the end-to-end tests run. */
export interface Engine {
  /** MiniStack: everything but EC2. */
  readonly url: string;
  /** moto: EC2 as it comes, which the scripted proxy stands in front of. */
  readonly motoUrl: string;
  readonly region: string;
  readonly account: string;
  /** Where it speaks TLS: what is to be trusted. */
  readonly certFile?: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const variable = 'CI_RUNNERS_ENGINE';

/** Tells the test files, which run in processes of their own. */
export function announceEngine(engine: Engine): void {
  process.env[variable] = JSON.stringify(engine);
}

/** The engine that jest's set-up started. */
export function engine(): Engine {
  const announced = process.env[variable];
  if (!announced) throw new Error("No engine runs: start these tests by 'make e2e'.");
  return JSON.parse(announced) as Engine;
}
