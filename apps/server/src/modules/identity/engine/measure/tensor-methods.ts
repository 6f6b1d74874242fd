import type * as Core from '@tensorflow/tfjs-core';

type Tensor = Core.Tensor;
type Method = (this: Tensor, ...rest: never[]) => unknown;

/** Methods of tensors that are operations of the same name with the tensor as first argument. */
const operations = ['sub', 'mul', 'div', 'mean', 'expandDims', 'reshape', 'slice'] as const;

/**
 * Gives tensors the methods that face-api calls. TRAP: `tfjs-core` has them as functions only; the methods live in the package
 * `@tensorflow/tfjs`, which would bring 200 MB of layers, data sets and browser backends for these few lines.
 */
export function addTensorMethods(core: typeof Core): void {
  const prototype = core.Tensor.prototype as unknown as Record<string, Method>;
  for (const name of operations) {
    const operation = core[name] as unknown as (...all: unknown[]) => unknown;
    prototype[name] = function (this: Tensor, ...rest: unknown[]) {
      return operation(this, ...rest);
    } as Method;
  }
  prototype.as1D = function (this: Tensor) {
    return core.reshape(this, [this.size]);
  };
  for (const name of ['as2D', 'as3D', 'as4D'])
    prototype[name] = function (this: Tensor, ...shape: number[]) {
      return core.reshape(this, shape);
    } as Method;
  prototype.toInt = function (this: Tensor) {
    return core.cast(this, 'int32');
  };
  prototype.toFloat = function (this: Tensor) {
    return core.cast(this, 'float32');
  };
}
