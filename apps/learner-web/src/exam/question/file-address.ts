import { type InjectionKey, inject } from 'vue';

/** Where the pictures and videos of questions are fetched; a page whose files need more than the sign-in provides its own. */
export type FileAddress = (fileId: string) => string;
export const fileAddressKey: InjectionKey<FileAddress> = Symbol('address of question files');

const ofBank: FileAddress = (fileId) => `/api/question-files/${encodeURIComponent(fileId)}`;

/** The address that the page around provides, or that of the question bank. */
export const useFileAddress = (): FileAddress => inject(fileAddressKey, ofBank);
