import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Which process of this machine holds the other end of a connection to us over the loopback. Linux only: by /proc. */
export function processAtPort(port: number): number | undefined {
  const socket = socketAtPort(port);
  if (socket === undefined) return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => pid !== process.pid && holds(pid, socket));
}

const localAddress = 1;
const inode = 9;

/** The inode of the socket whose own side has that port: `0100007F:1F90` in /proc/net/tcp. */
function socketAtPort(port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[localAddress]?.endsWith(suffix) && fields[inode] !== '0')?.[inode];
}

/** A process that ends meanwhile, or whose files are not ours to see, holds nothing. */
function holds(pid: number, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${socket}]`);
  } catch {
    return false;
  }
}
