# Queues in continuous time: what the number present and the wait are in the long run. For exact.awk and coverage.awk.
# Stationary distribution of the number present, patience 0: nobody leaves
function distribution(c, l, stay, patience,    k, rate, sum) {
    delete p; p[0] = 1; sum = 1
    for (k = 1; k < 3000; k++) {
        rate = (k < c ? k : c) / stay + (patience > 0 && k > c ? (k - c) / patience : 0)
        p[k] = p[k - 1] * l / rate; sum += p[k]
    }
    waits = 0; queue = 0
    for (k = 0; k < 3000; k++) {
        p[k] /= sum
        if (k >= c) { waits += p[k]; queue += (k - c) * p[k] }
    }
}
# Mean wait of those housed, in order of arrival, after distribution() of the same queue (Erlang A)
function wait_of_housed(c, l, stay, patience,    k, j, reaches, time, rate, sum, housed) {
    for (k = 0; k < 1000; k++) {
        reaches = 1; time = 0
        for (j = k - c; j >= 0; j--) { rate = c / stay + j / patience; reaches *= rate / (rate + 1 / patience); time += 1 / (rate + 1 / patience) }
        sum += p[k] * reaches * time; housed += p[k] * reaches
    }
    return sum / housed
}
