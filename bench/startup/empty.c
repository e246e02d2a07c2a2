/* The least a process can cost: the unit of bench/. */
int main(void)
{
    return 0;
}
