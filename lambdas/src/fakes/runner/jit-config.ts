/** What the fake GitHub puts into a JIT configuration. */
export interface JitConfig {
  /** Where the forge is. */
  readonly url: string;
  readonly name: string;
  readonly token: string;
}

/** Null: this is not one. */
export function parseJitConfig(encoded: string): JitConfig | null {
  try {
    const { url, name, token } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as Partial<JitConfig>;
    return url && name && token && URL.canParse(url) ? { url, name, token } : null;
  } catch {
    return null;
  }
}
