/** Where this browser keeps keys and what was sent and is not answered: a database of its own, which pages of other origins cannot open. */
const name = 'commonwatt-keys';
const version = 1;

export const keysTable = 'keys';
export const pendingTable = 'pending';

/** Does one thing with one table, and waits until it is on the disk. */
export async function inTable<T>(table: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      // A transaction that is told to be sent must be found again after the power failed.
      const work = database.transaction(table, mode, { durability: 'strict' });
      const request = act(work.objectStore(table));
      work.oncomplete = () => resolve(request.result);
      work.onabort = () => reject(work.error ?? new Error('The browser did not keep the data.'));
      work.onerror = () => reject(work.error ?? request.error ?? new Error('The browser did not keep the data.'));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(keysTable, { keyPath: 'person' });
      request.result.createObjectStore(pendingTable, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser did not open its database.'));
  });
}
