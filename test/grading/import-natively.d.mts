export declare function importNatively(url: string): Promise<unknown>
