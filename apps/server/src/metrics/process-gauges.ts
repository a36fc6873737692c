import { statfs } from 'node:fs/promises';
import type { Pool } from 'pg';
import type { Instruments } from './instruments';

/** What this process uses: its pools of connections, and the disks it writes to. */
export class ProcessGauges {
  private readonly connections;
  private readonly waiting;
  private readonly free;
  private readonly size;

  /**
   * @param pools by the name of what they are for
   * @param folders by the same
   */
  constructor(
    make: Instruments,
    private readonly pools: ReadonlyMap<string, Pool>,
    private readonly folders: ReadonlyMap<string, string>,
  ) {
    this.connections = make.gauge('enishi_pool_connections', 'Connections of a pool', 'pool', 'state');
    this.waiting = make.gauge('enishi_pool_waiting', 'Who waits for a connection of a pool', 'pool');
    this.free = make.gauge('enishi_disk_free_bytes', 'Bytes free where a folder stands', 'folder');
    this.size = make.gauge('enishi_disk_size_bytes', 'Bytes in all where a folder stands', 'folder');
  }

  async refresh(): Promise<void> {
    for (const [pool, { totalCount, idleCount, waitingCount }] of this.pools) {
      this.connections.set({ pool, state: 'idle' }, idleCount);
      this.connections.set({ pool, state: 'used' }, totalCount - idleCount);
      this.waiting.set({ pool }, waitingCount);
    }
    for (const [folder, at] of this.folders) {
      // A folder that is not there yet (an API process stages nothing before the first upload) is not told.
      const disk = await statfs(at).catch(() => undefined);
      if (!disk) continue;
      this.free.set({ folder }, disk.bavail * disk.bsize);
      this.size.set({ folder }, disk.blocks * disk.bsize);
    }
  }
}
