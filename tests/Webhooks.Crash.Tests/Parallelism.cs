// Most of these tests wait for processes most of the time.
[assembly: Xunit.v3.Parallelization(MaxThreads = 3)]
