"""Reads a job's data as OpenGait does, with pickle and in the order of the files' names, and prints what it finds.

Arguments: the folder of the job.
"""
import json
import os
import pickle
import sys

job = sys.argv[1]
root = os.path.join(job, 'data')
with open(os.path.join(job, 'partition.json')) as file:
    partition = json.load(file)
found = {}
for identity in partition['TRAIN_SET'] + partition['TEST_SET']:
    for kind in os.listdir(os.path.join(root, identity)):
        for view in os.listdir(os.path.join(root, identity, kind)):
            folder = os.path.join(root, identity, kind, view)
            arrays = []
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name), 'rb') as file:
                    arrays.append(pickle.load(file))
            assert len({len(array) for array in arrays}) == 1
            found[identity] = {
                'class': kind,
                'types': [str(array.dtype) for array in arrays],
                'shapes': [list(array.shape) for array in arrays],
                'sums': [float(array.sum(dtype='float64')) for array in arrays],
            }
print(json.dumps({'partition': partition, 'ids': sorted(os.listdir(root)), 'found': found}))
